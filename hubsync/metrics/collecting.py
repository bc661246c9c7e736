"""The figures of the synchronization from the database, so that any web process tells those of all workers.

No name of a person, a school or an account is in a label: who watches needs none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    Metric,
    SummaryMetricFamily,
)
from prometheus_client.registry import Collector

from hubsync.metrics.counting import (
    Pair,
    budget_remaining,
    call_counts,
    changes,
    drift_objects,
    due_now,
    guard_trips,
    invites,
    last_calls,
    last_proof,
    open_holds,
    run_seconds,
    runs,
    stuck,
)


def exposition() -> bytes:
    """All metrics as text in Prometheus' format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(DatabaseCollector())
    return generate_latest(registry)


class DatabaseCollector(Collector):
    """Counts when it is asked."""

    def describe(self) -> Iterable[Metric]:
        """Nothing: what is counted is known only when it is asked for."""
        return []

    def collect(self) -> Iterator[Metric]:
        yield _counter("hubsync_calls", "Calls to Docker Hub", ("endpoint", "class"), call_counts())
        yield _gauge("hubsync_budget_remaining", "Calls that may be made now", budget_remaining())
        yield _counter("hubsync_reconcile", "Runs by how they ended", ("result",), runs())
        count, seconds = run_seconds()
        yield SummaryMetricFamily(
            "hubsync_reconcile_seconds", "How long runs took", count_value=count, sum_value=seconds
        )
        yield _counter(
            "hubsync_changes", "Changes by kind and what became of them", ("kind", "result"), changes()
        )
        yield _gauge("hubsync_drift_objects", "Changes that the last runs wait to make", drift_objects())
        yield _gauge("hubsync_holds", "Sets of removals that wait for a person", open_holds())
        yield _counter("hubsync_guard_trips", "Removals that a guard held back", ("kind",), guard_trips())
        yield _labelled(
            "hubsync_invites", "People who were invited and people who are in", ("state",), invites()
        )
        number, oldest = due_now()
        yield _gauge("hubsync_due_organizations", "Organizations that are due", number)
        yield _gauge("hubsync_oldest_due_seconds", "How long the longest waits already", oldest)
        yield _gauge("hubsync_stuck_organizations", "Organizations that fail again and again", stuck())
        yield _gauge("hubsync_last_proof_timestamp", "When the oldest proof was made", last_proof())
        yield _gauge("hubsync_calls_per_run", "Calls of the last run, on average", last_calls())


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _labelled(name: str, text: str, labels: tuple[str, ...], values: Iterable[Pair]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=labels)
    for names, value in values:
        family.add_metric(names, value)
    return family


def _counter(name: str, text: str, labels: tuple[str, ...], values: Iterable[Pair]) -> Metric:
    family = CounterMetricFamily(name, text, labels=labels)
    for names, value in values:
        family.add_metric(names, value)
    return family
