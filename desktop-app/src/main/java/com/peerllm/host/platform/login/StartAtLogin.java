package com.peerllm.host.platform.login;

import java.io.IOException;

/** Whether the operating system starts this program when the person logs in. Off until the person turns it on. */
public interface StartAtLogin {

    /** As the operating system sees it: also off when the person switched it off there. */
    boolean isOn() throws IOException;

    /** @throws IOException with a sentence that says why it cannot be turned on */
    void turnOn() throws IOException;

    /** @throws IOException with a sentence that says why it cannot be turned off */
    void turnOff() throws IOException;
}
