package com.peerllm.orchestrator;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;

/** What this process keeps in memory, its tests included. */
final class Heap {
    private Heap() {}

    /** Bytes that are in use after everything that can be given up was given up: on the heap, and what Netty took beside it. */
    static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                + Math.max(0, PlatformDependent.usedDirectMemory());
    }
}
