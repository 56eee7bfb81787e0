package com.peerllm.host.availability;

import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.settings.SharingRules;

/**
 * How much of the computer sharing may take, by the rules.
 *
 * @param threads that compute, at least 1; one core is always left to the person where there are several
 * @param memoryBytes of the whole memory; what is free at the moment may be less
 * @param gpu whether a GPU may be used
 */
public record Limits(int threads, long memoryBytes, boolean gpu) {
    private static final int WHOLE = 100;

    public static Limits of(SharingRules rules, HardwareProfile hardware) {
        int cores = hardware.physicalCores().value();
        long memory = hardware.totalMemoryBytes().value();
        return new Limits(
                threads(cores, rules.shareOfProcessor()),
                memory / WHOLE * rules.shareOfMemory() + memory % WHOLE * rules.shareOfMemory() / WHOLE,
                rules.gpu());
    }

    /** Rounded down, so that a share is never more than was given. */
    public static int threads(int physicalCores, int percent) {
        return Math.max(1, Math.min(physicalCores - 1, physicalCores * percent / WHOLE));
    }
}
