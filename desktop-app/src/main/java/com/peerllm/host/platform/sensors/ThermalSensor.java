package com.peerllm.host.platform.sensors;

import java.io.IOException;

/** Knows how hot the processor is. */
public interface ThermalSensor {

    /**
     * The hottest part of the processor, in degrees Celsius.
     *
     * @throws IOException when it cannot be known now
     */
    int celsius() throws IOException;

    /** How it knows, for people who doubt it. */
    String source();
}
