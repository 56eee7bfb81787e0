package com.peerllm.host.platform.login;

import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinReg;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A value under the Run key of the person's registry: Windows starts what stands there, unless the person switched it off in the
 * Task Manager, which notes that elsewhere in the registry.
 *
 * <p>Not run here. Written with JNA's calls instead of {@code reg}, which would need a command line with quotes inside quotes.
 * Sources: Microsoft's "Run and RunOnce Registry Keys"; for the note of the Task Manager, whose first byte is even when on and
 * odd when off, https://superuser.com/questions/1766797.
 */
final class RunKey implements StartAtLogin {
    private static final String VERSION = "Software\\Microsoft\\Windows\\CurrentVersion\\";
    private static final String RUN = VERSION + "Run";
    private static final String APPROVED = VERSION + "Explorer\\StartupApproved\\Run";
    private static final String VALUE = "PeerLLM";

    private final List<String> command;

    RunKey(List<String> command) {
        this.command = List.copyOf(command);
    }

    @Override
    public boolean isOn() throws IOException {
        try {
            return has(RUN) && !isSwitchedOff();
        } catch (Win32Exception e) {
            throw new IOException("Windows did not tell whether PeerLLM starts at login. See its Task Manager.", e);
        }
    }

    private static boolean has(String key) {
        return Advapi32Util.registryValueExists(WinReg.HKEY_CURRENT_USER, key, VALUE);
    }

    private static boolean isSwitchedOff() {
        return has(APPROVED) && isOff(Advapi32Util.registryGetBinaryValue(WinReg.HKEY_CURRENT_USER, APPROVED, VALUE));
    }

    static boolean isOff(byte[] note) {
        return note.length > 0 && (note[0] & 1) == 1;
    }

    @Override
    public void turnOn() throws IOException {
        try {
            Advapi32Util.registrySetStringValue(WinReg.HKEY_CURRENT_USER, RUN, VALUE, line(command));
            if (isSwitchedOff()) Advapi32Util.registryDeleteValue(WinReg.HKEY_CURRENT_USER, APPROVED, VALUE);
        } catch (Win32Exception e) {
            throw new IOException("Windows did not turn the start at login on. Use its Task Manager.", e);
        }
    }

    @Override
    public void turnOff() throws IOException {
        try {
            if (has(RUN)) Advapi32Util.registryDeleteValue(WinReg.HKEY_CURRENT_USER, RUN, VALUE);
        } catch (Win32Exception e) {
            throw new IOException("Windows did not turn the start at login off. Use its Task Manager.", e);
        }
    }

    /** A path of Windows has no quotes in it. */
    static String line(List<String> command) {
        return command.stream().map(argument -> "\"" + argument + "\"").collect(Collectors.joining(" "));
    }
}
