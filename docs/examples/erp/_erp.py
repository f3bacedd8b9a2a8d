"""What the ERP's SLOs have in common: its services, its words and its alerts."""

from slogen import Alert, AlertPolicy, Service, Settings, Tier

RUNBOOKS = "https://runbooks.company.com"

settings = Settings(
    scrape_interval="30s",
    severities={"page": "critical", "ticket": "warning"},
    alert_labels={"category": "slo"},
)

backend_api = Service("backend-api", owner="team-backend", settings=settings)
frontend = Service("frontend-app", owner="team-frontend", settings=settings)
database = Service("database", owner="team-data", settings=settings)


def alerts(
    violation: str = "SLOViolation", in_an_hour: str = "2%", in_six_hours: str = "5%"
) -> AlertPolicy:
    """Return the ERP's alerts.

    Args:
        violation: The name of the alert for an SLI below its objective.
        in_an_hour: The part of the budget whose loss in an hour is critical.
        in_six_hours: The part of the budget whose loss in six hours is worth a warning.
    """
    violations = {
        "AvailabilitySLOViolation": "availability-slo-violation",
        "LatencySLOViolation": "latency-slo-violation",
        "ErrorRateSLOViolation": "error-rate-slo-violation",
    }
    return AlertPolicy(
        tiers=(
            Tier(
                "page",
                name="ErrorBudgetBurnRateTooHigh",
                long="1h",
                spends=in_an_hour,
                for_="2m",
                runbook=f"{RUNBOOKS}/slo-error-budget-burn-rate",
            ),
            Tier(
                "ticket",
                name="ErrorBudgetBurnRateHigh",
                long="6h",
                spends=in_six_hours,
                for_="15m",
                runbook=f"{RUNBOOKS}/slo-error-budget-burn-rate",
            ),
        ),
        exhausted=Alert(
            "page", name="ErrorBudgetExhausted", runbook=f"{RUNBOOKS}/slo-error-budget-exhausted"
        ),
        low=Alert(
            "ticket",
            name="ErrorBudgetLow",
            for_="5m",
            runbook=f"{RUNBOOKS}/slo-error-budget-low",
        ),
        stale=Alert("ticket", name="SLIDataStale", for_="5m", runbook=f"{RUNBOOKS}/sli-data-stale"),
        violated=Alert(
            "ticket",
            name=violation,
            for_="5m",
            runbook=f"{RUNBOOKS}/{violations.get(violation, 'availability-slo-violation')}",
        ),
    )
