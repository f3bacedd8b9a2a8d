"""A service that is defined with two owners stops the build."""

from __future__ import annotations

from slogen.checks.two_owners import CHECK
from slogen.model import SLO, Service, Settings, Up
from tests.checks.checking import found_in_build, place_of


def slo(
    name: str, service: Service | str, owner: str = "", settings: Settings | None = None
) -> SLO:
    """Return an SLO of a service."""
    chosen = Service(service) if isinstance(service, str) else service
    return SLO(
        service=chosen,
        name=name,
        objective="99%",
        window="30d",
        owner=owner or chosen.owner,
        sli=Up(gauge="up"),
        settings=settings,
    )


def test_refuses_two_owners_of_a_service() -> None:
    """The error points at the later one, and says where the other is."""
    first, second = Service("shop", owner="team-a"), Service("shop", owner="team-b")

    (error,) = found_in_build(CHECK, slo("a", first), slo("b", second))

    assert error.message == 'service shop has the owner "team-b" here, and "team-a" elsewhere'
    assert error.details[0].startswith("the other one: tests/checks/test_two_owners.py:")
    assert (error.code, error.severity) == ("two-owners", "error")
    assert (error.argument, place_of(error)) == ("owner", '"team-b"')


def test_is_silent_of_one_owner_in_two_places() -> None:
    """The same owner may be written down twice, or in one of two places."""
    services = (Service("shop", owner="a"), Service("shop", owner="a"), Service("shop"))

    assert found_in_build(CHECK, *(slo(f"n{i}", each) for i, each in enumerate(services))) == []


def test_is_silent_of_an_slo_that_another_team_answers_for() -> None:
    """An owner of an SLO says nothing about its service."""
    shop = Service("shop", owner="a")

    assert found_in_build(CHECK, slo("a", shop), slo("b", shop, owner="b")) == []


def test_is_silent_of_services_that_identity_tells_apart() -> None:
    """A service of one name may belong to one team in production, and to another in staging."""
    production, staging = (Settings(identity={"env": env}) for env in ("production", "staging"))
    first, second = Service("shop", owner="a"), Service("shop", owner="b")
    here, there = slo("a", first, settings=production), slo("b", second, settings=staging)

    assert found_in_build(CHECK, here, there) == []
    assert len(found_in_build(CHECK, here, slo("c", second, settings=production))) == 1


def test_refuses_two_owners_in_settings() -> None:
    """The settings of a file give its services an owner, which another file may contradict."""
    first, second = Settings(owner="platform"), Settings(owner="data")
    here, there = Service("w", settings=first), Service("w", settings=second)

    (error,) = found_in_build(CHECK, slo("a", here), slo("b", there))

    assert error.message == 'service w has the owner "data" here, and "platform" elsewhere'
    assert place_of(error) == '"data"'
    assert found_in_build(CHECK, slo("a", here), slo("b", Service("v", settings=second))) == []


def test_is_silent_of_an_slo_whose_settings_name_another_team() -> None:
    """Settings of one SLO say nothing about its service."""
    own = Settings(owner="data")

    assert found_in_build(CHECK, slo("a", "w"), slo("b", "w", settings=own)) == []
    assert found_in_build(CHECK, slo("a", Service("w", owner="a")), slo("b", "w")) == []
