"""What a mutant is, and how it is applied."""

from __future__ import annotations

import attrs


@attrs.frozen
class Mutant:
    """A patch that makes slogen wrong.

    Attributes:
        name: Unique, in a few words.
        file: The module that is patched, below the checkout.
        before: A piece of it, which occurs once.
        after: What stands there instead.
        why: What is wrong then.
        equivalent: Why nothing has to notice, if so.
    """

    name: str
    file: str
    before: str
    after: str
    why: str
    equivalent: str = ""

    def applied(self, text: str) -> str:
        """Return the text of the module with the patch.

        Raises:
            ValueError: If the patch does not fit.
        """
        if (count := text.count(self.before)) != 1:
            raise ValueError(f"{self.name}: its piece of {self.file} occurs {count} times")
        return text.replace(self.before, self.after)


def mutants(file: str, *patches: tuple[str, str, str, str]) -> tuple[Mutant, ...]:
    """Return mutants of one module; each patch is a name, what was, what is, and why."""
    return tuple(Mutant(name, file, *rest) for name, *rest in patches)
