package com.peerllm.orchestrator.api;

import java.time.Duration;

/**
 * What a connection may do before it is cut off, and how many there may be.
 *
 * @param firstRequest how long a new connection may take until the head of its first request is there
 * @param nextRequest how long it may take after an answer until the head of the next request is there, beside the time to
 *     read the answer
 * @param body how long the body of a request may take
 * @param lingering how long after the last answer on a connection its sender, who may still be sending, has to read it; and how
 *     long a reader of a long file may take for each page of it
 * @param connections most connections that are no host's link
 * @param perAddress most connections of one address, hosts' links included: of an IPv4 address or an IPv6 network of 64 bits
 * @param loopbackIsBounded whether that holds for this computer's own addresses too; from there a proxy brings everybody
 * @param receivedBytes most bytes of all bodies that are being received
 */
public record DoorLimits(
        Duration firstRequest,
        Duration nextRequest,
        Duration body,
        Duration lingering,
        int connections,
        int perAddress,
        boolean loopbackIsBounded,
        long receivedBytes) {
    /** At a megabit a second the largest body takes 25 s. */
    public static final DoorLimits STANDARD = new DoorLimits(
            Duration.ofSeconds(20),
            Duration.ofSeconds(75),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            20_000,
            1_000,
            false,
            Math.min(256L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 8));
}
