package com.peerllm.benchmarks.load;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a host that is connected and has nothing to do costs the orchestrator: memory, and processor time for signs of life. */
final class HostsFigure {
    private static final int IDLE_SECONDS = 10;

    private final List<Integer> steps;

    /** @param steps hosts connected in all, rising */
    HostsFigure(List<Integer> steps) {
        this.steps = steps;
    }

    void measure(Report report) throws Exception {
        try (Rig rig = new Rig()) {
            report.title("Idle hosts");
            LinuxProcess orchestrator = rig.orchestrator();
            rig.hosts(1, 1, 0);
            int connected = 1;
            long heapBefore = orchestrator.liveHeapBytes();
            long residentBefore = orchestrator.residentBytes();
            for (int step : steps) {
                long start = System.nanoTime();
                rig.hosts(step - connected, 1, 0);
                double perSecond = (step - connected) * 1e9 / (System.nanoTime() - start);
                connected = step;
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
                long cpu = orchestrator.cpuNanos();
                long loop = orchestrator.eventLoopNanos();
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(IDLE_SECONDS));
                cpu = orchestrator.cpuNanos() - cpu;
                loop = orchestrator.eventLoopNanos() - loop;
                long resident = orchestrator.residentBytes();
                long heap = orchestrator.liveHeapBytes();
                report.row(
                        "hosts",
                        connected + " hosts",
                        "heap_bytes_per_host",
                        (heap - heapBefore) / (connected - 1),
                        "resident_bytes_per_host",
                        (resident - residentBefore) / (connected - 1),
                        "resident_mib",
                        resident >> 20,
                        "cpu_percent_idle",
                        cpu / 1e7 / IDLE_SECONDS,
                        "loop_percent_idle",
                        loop / 1e7 / IDLE_SECONDS,
                        "connected_per_s",
                        perSecond);
            }
        }
    }
}
