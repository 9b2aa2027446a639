# SPDX-License-Identifier: Apache-2.0
"""run.py - one run: a life with something that goes wrong, then one without"""

import scenario
from life import SETTLED, Plan, Registry

# When nothing happens for so long, docketd is said to wait. It tries again
# after two seconds what failed for want of room or descriptors.
PATIENCE_ONCE = 20.0
PATIENCE_EVER = 1.5
# Where in its recovery it is killed: spread over the calls there are.
AGAIN_FACTOR = 37
AGAIN_LIMIT = 200


class Result:
    """What became of a run."""

    def __init__(self, plan):
        self.plan = plan
        self.counts = {}  # of calls, by way
        self.hit = ""  # the call, or "" when k was never reached
        self.end = ""  # of the life with the fault
        self.set_aside = 0
        self.wrong = []


class Run:
    def __init__(self, style, plan):
        self.registry = Registry()
        self.documents = scenario.make_documents()
        self.style = style
        self.todo = list(self.documents)
        self.result = Result(plan)
        self.is_faulty = True  # the life that is lived

    def drop(self, count):
        for document in self.todo[:count]:
            scenario.deliver(self.registry, document, self.style)
        del self.todo[:count]

    def is_settled(self):
        """The rest is dropped once docketd says that it has started."""
        registry = self.registry
        if self.todo and registry.has_started():
            self.drop(len(self.todo))
        if self.todo:
            return False
        events = registry.events
        names = {e.name for e in events if e.type in SETTLED}
        settled = {e.arrival for e in events if e.type in SETTLED}
        received = {e.arrival for e in events if e.type == "received"}
        parsed = {e.arrival for e in events if e.type == "parsed"}
        indexed = {e.arrival for e in events if e.type == "indexed"}
        return (
            len(names) == len(scenario.list_all(self.documents))
            and received <= settled
            and parsed == indexed
            and not self.is_anything_left()
        )

    def is_anything_left(self):
        """What could not be read stays; without a fault it can be read."""
        left = self.registry.left_behind()
        return len(left) > (self.count_set_aside() if self.is_faulty else 0)

    def count_set_aside(self):
        """Quarantined without having been received."""
        events = self.registry.events
        received = {e.arrival for e in events if e.type == "received"}
        return sum(
            e.type == "quarantined" and e.arrival not in received
            for e in events
        )

    def live_with_fault(self):
        registry, result = self.registry, self.result
        self.drop(3)  # found by the first look
        registry.start(result.plan)
        patience = PATIENCE_ONCE
        if result.plan.often == "ever":
            patience = PATIENCE_EVER
        result.end = registry.follow(self.is_settled, patience)
        code = registry.stop()
        if result.end != "settled" or code != 0:
            result.end = f"{result.end}, {code}"
        result.counts, result.hit = registry.look_at_page()
        self.drop(len(self.todo))

    def live_again(self):
        """Killed while it recovers, at a call that goes with k."""
        registry = self.registry
        at = 1 + self.result.plan.at * AGAIN_FACTOR % AGAIN_LIMIT
        registry.start(Plan("kill", at))
        registry.follow(self.is_settled, PATIENCE_ONCE)
        registry.stop()

    def live_without(self):
        registry, result = self.registry, self.result
        self.is_faulty = False
        registry.start()
        how = registry.follow(self.is_settled, PATIENCE_ONCE)
        audit = scenario.audit_last_life(
            registry, self.documents, how, result.plan.way != "kill"
        )
        result.set_aside = audit.set_aside
        result.wrong = audit.wrong

    def run(self):
        try:
            self.live_with_fault()
            if self.result.plan.often == "twice":
                self.live_again()
            self.live_without()
        except Exception as error:  # noqa: one run is not to end the others
            self.result.wrong.append(f"{type(error).__name__}: {error}")
        finally:
            self.registry.close()
        return self.result


def run(style, plan):
    return Run(style, plan).run()
