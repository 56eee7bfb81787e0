package com.peerllm.host.platform.sensors;

import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.User32;
import com.sun.jna.platform.win32.WinUser.LASTINPUTINFO;
import java.io.IOException;
import java.time.Duration;

/**
 * When Windows saw the last input of this session: GetLastInputInfo and GetTickCount of the Win32 API.
 *
 * <p>Not run here: written after Microsoft's description of the two calls. A service, which has no session, sees no input.
 */
final class WindowsIdle implements IdleSensor {

    @Override
    public Duration idle() throws IOException {
        LASTINPUTINFO last = new LASTINPUTINFO();
        if (!User32.INSTANCE.GetLastInputInfo(last)) throw new IOException("Windows did not tell the last input");
        return between(last.dwTime, Kernel32.INSTANCE.GetTickCount());
    }

    /** Both count milliseconds since the start of Windows and begin again at zero after 49.7 days. */
    static Duration between(int lastInput, int now) {
        return Duration.ofMillis(Integer.toUnsignedLong(now - lastInput));
    }

    @Override
    public String source() {
        return "Windows";
    }
}
