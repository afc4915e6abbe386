"""The metrics of several processes that serve together, summed: any of them can show all."""

import os
from collections import Counter as Counted
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, Histogram, ProcessCollector, generate_latest, values
from prometheus_client.core import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from execution_hooks.http.metrics.registry import GROUP_SIZES, NAMESPACE, Metrics


class WorkerMetrics(Metrics):
    """Metrics that worker ``number`` counts in files of its own in ``folder``; see Metrics.

    Who takes the place of a worker counts on in its files, so that nothing counted is lost with a process.
    What is asked for, as how much is in flight, is known from the last ``sample``.
    One process may have one of these, before any other metrics.
    """

    def __init__(self, port: int, folder: Path, number: int) -> None:
        # Where prometheus-client keeps its values is a choice for the whole process.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
        values.ValueClass = values.MultiProcessValue(lambda: number)  # type: ignore[no-untyped-call]
        self._folder = folder
        self._sampled: list[tuple[Gauge, Callable[[], float]]] = []
        self._group_sizes: Callable[[], Mapping[int, int]] = dict
        self._seen: Counted[int] = Counted()
        super().__init__(port)
        self._groups = Histogram(
            f"{NAMESPACE}_commit_group_size",
            "Writes that were committed together, by each commit.",
            buckets=GROUP_SIZES,
            registry=self.registry,
        )
        (folder / f"{number}.pid").write_text(str(os.getpid()))

    def watch_process(self) -> None:
        """Leave it to ``text`` to show every process."""

    def watch(self, name: str, description: str, value: Callable[[], float]) -> None:
        """See Metrics; the sum of all workers is shown."""
        gauge = Gauge(f"{NAMESPACE}_{name}", description, registry=self.registry, multiprocess_mode="livesum")
        self._sampled.append((gauge, value))

    def watch_store(
        self, group_sizes: Callable[[], Mapping[int, int]], connections_in_use: Callable[[], int]
    ) -> None:
        """See Metrics."""
        self._group_sizes = group_sizes
        self.watch("store_connections_in_use", "Connections of the store in use.", connections_in_use)

    def sample(self) -> None:
        """Ask for what is to be asked for."""
        for gauge, value in self._sampled:
            gauge.set(value())
        for size, commits in dict(self._group_sizes()).items():
            for _ in range(commits - self._seen[size]):
                self._groups.observe(size)
            self._seen[size] = commits

    def text(self) -> bytes:
        """Write what all workers have counted, as Metrics does."""
        self.sample()
        registry = CollectorRegistry()
        MultiProcessCollector(registry, str(self._folder))  # type: ignore[no-untyped-call]
        registry.register(_Processes(self._folder))
        return generate_latest(registry)


def forget_worker(folder: Path, number: int) -> None:
    """Show no longer what a worker has in flight or in use, for it has ended."""
    mark_process_dead(number, str(folder))  # type: ignore[no-untyped-call]


class _Processes(Collector):
    """What the system knows of each worker, with its number as the label ``worker``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def collect(self) -> Iterator[Metric]:
        families: dict[str, Metric] = {}
        for file in sorted(self._folder.glob("*.pid")):
            process = ProcessCollector(NAMESPACE, pid=file.read_text, registry=None)
            for family in process.collect():
                known = families.setdefault(
                    family.name, Metric(family.name, family.documentation, family.type)
                )
                for sample in family.samples:
                    known.add_sample(sample.name, {**sample.labels, "worker": file.stem}, sample.value)
        yield from families.values()
