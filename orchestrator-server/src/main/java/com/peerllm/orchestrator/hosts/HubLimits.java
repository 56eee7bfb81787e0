package com.peerllm.orchestrator.hosts;

import java.time.Duration;

/**
 * The times and counts of the host link.
 *
 * @param handshake how long a connection may take to say hello
 * @param heartbeat how often hosts must send a heartbeat
 * @param silence after how long without any message a host is unrouted and its connection closed
 * @param clockSkew how far a host's clock may be off
 * @param hosts most hosts at once
 * @param modelsPerHost most models one host may announce
 * @param messagesPerSecond most frames of one host, of every kind, before it is cut off; this and the next two may for once be
 *     those of two seconds
 * @param textBytesPerSecond most bytes of one host's control messages
 * @param bytesPerSecond most bytes of one host in all
 */
public record HubLimits(
        Duration handshake,
        Duration heartbeat,
        Duration silence,
        Duration clockSkew,
        int hosts,
        int modelsPerHost,
        int messagesPerSecond,
        int textBytesPerSecond,
        int bytesPerSecond) {
    public static final HubLimits STANDARD = new HubLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofMinutes(10),
            100_000,
            64,
            20_000,
            4 * 1024 * 1024,
            32 * 1024 * 1024);
}
