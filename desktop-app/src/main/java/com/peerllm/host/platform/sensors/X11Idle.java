package com.peerllm.host.platform.sensors;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import java.io.IOException;
import java.time.Duration;

/**
 * The X server's own count of milliseconds without input: XScreenSaverQueryInfo of the X11 screen saver extension (XScreenSaver(3)).
 *
 * <p>The display is opened for each question and closed again, because Xlib ends the whole program when a display that it holds
 * goes away. The two libraries are looked for when it is made.
 */
final class X11Idle implements IdleSensor {
    private final Display display;
    private final ScreenSaver screenSaver;
    private final String name;

    /** @param name of the display, such as {@code :0} */
    X11Idle(String name) {
        this.name = name;
        display = Native.load("X11", Display.class);
        screenSaver = Native.load("Xss", ScreenSaver.class);
    }

    /** The part of Xlib that is needed. */
    interface Display extends Library {
        Pointer XOpenDisplay(String name);

        NativeLong XDefaultRootWindow(Pointer display);

        int XCloseDisplay(Pointer display);
    }

    /** The part of libXss that is needed. */
    interface ScreenSaver extends Library {
        /** Nonzero when the extension answered. */
        int XScreenSaverQueryInfo(Pointer display, NativeLong drawable, Info info);
    }

    /** XScreenSaverInfo. */
    @FieldOrder({"window", "state", "kind", "tillOrSince", "idle", "eventMask"})
    public static final class Info extends Structure {
        public NativeLong window;
        public int state;
        public int kind;
        public NativeLong tillOrSince;
        public NativeLong idle;
        public NativeLong eventMask;
    }

    @Override
    public Duration idle() throws IOException {
        Pointer opened = display.XOpenDisplay(name);
        if (opened == null) throw new IOException("The X display " + name + " cannot be opened");
        try {
            Info info = new Info();
            if (screenSaver.XScreenSaverQueryInfo(opened, display.XDefaultRootWindow(opened), info) == 0) {
                throw new IOException("The X display " + name + " does not count the time without input");
            }
            return Duration.ofMillis(info.idle.longValue());
        } finally {
            display.XCloseDisplay(opened);
        }
    }

    @Override
    public String source() {
        return "X11";
    }
}
