package com.peerllm.host.platform.sensors;

import java.io.IOException;
import java.time.Duration;

/** Knows how long nobody has touched this computer. */
public interface IdleSensor {

    /**
     * Since the last key, move or click. May take some milliseconds.
     *
     * @throws IOException when it cannot be known now
     */
    Duration idle() throws IOException;

    /** How it knows, for people who doubt it. */
    String source();
}
