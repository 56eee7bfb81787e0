package com.peerllm.host.platform.sensors;

import com.peerllm.host.platform.OperatingSystem;
import com.peerllm.host.platform.sensors.SleepInhibitor.Hold;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinBase;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

/** How each operating system is kept awake. */
public final class SleepInhibitors {
    private static final String WHO = "PeerLLM";

    private SleepInhibitors() {}

    public static SleepInhibitor of(OperatingSystem os, Map<String, String> environment, ThreadFactory threads) {
        Programs programs = Programs.of(environment);
        return switch (os) {
            case LINUX -> isGnome(environment, programs) ? why -> gnome(programs, why) : why -> systemd(programs, why);
            case MACOS -> why -> macos(programs, ProcessHandle.current().pid());
            case WINDOWS -> why -> windows(threads);
        };
    }

    private static boolean isGnome(Map<String, String> environment, Programs programs) {
        return environment
                        .getOrDefault("XDG_CURRENT_DESKTOP", "")
                        .toUpperCase(Locale.ROOT)
                        .contains("GNOME")
                && programs.find("gnome-session-inhibit").isPresent();
    }

    /**
     * systemd-inhibit(1) holds as long as its own child runs, and {@code cat} runs until the pipe from this program closes: also
     * when this program is killed.
     */
    static Hold systemd(Programs programs, String why) throws IOException {
        return child(programs.start(
                "systemd-inhibit", "--what=idle", "--mode=block", "--who=" + WHO, "--why=" + why, "cat"));
    }

    /** GNOME decides itself when to sleep and asks its own session: gnome-session-inhibit(1). Not run here. */
    static Hold gnome(Programs programs, String why) throws IOException {
        return child(programs.start(
                "gnome-session-inhibit", "--app-id", WHO, "--inhibit", "suspend:idle", "--reason", why, "cat"));
    }

    /** caffeinate(8) with {@code -w} ends with the process that it is given. Not run here. */
    static Hold macos(Programs programs, long pid) throws IOException {
        return child(programs.start("caffeinate", "-i", "-w", Long.toString(pid)));
    }

    private static Hold child(Process child) {
        return () -> {
            child.descendants().forEach(ProcessHandle::destroy);
            child.destroy();
        };
    }

    /**
     * SetThreadExecutionState of the Win32 API holds as long as the thread that called it lives or until it takes it back. Not run
     * here: written after Microsoft's description.
     */
    private static Hold windows(ThreadFactory threads) {
        CountDownLatch released = new CountDownLatch(1);
        threads.newThread(() -> {
                    Kernel32.INSTANCE.SetThreadExecutionState(WinBase.ES_CONTINUOUS | WinBase.ES_SYSTEM_REQUIRED);
                    try {
                        released.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Kernel32.INSTANCE.SetThreadExecutionState(WinBase.ES_CONTINUOUS);
                })
                .start();
        return released::countDown;
    }
}
