package com.peerllm.host.platform.sensors;

import java.io.IOException;

/** Knows where this computer's power comes from. */
public interface PowerSensor {

    /** Where the power comes from. */
    enum Supply {
        MAINS,
        /** Its own battery, or an emergency supply that the operating system knows of. */
        BATTERY
    }

    /** @throws IOException when it cannot be known now */
    Supply supply() throws IOException;
}
