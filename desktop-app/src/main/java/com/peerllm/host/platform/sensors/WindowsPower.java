package com.peerllm.host.platform.sensors;

import com.sun.jna.Native;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import com.sun.jna.win32.StdCallLibrary;
import java.io.IOException;

/**
 * Where Windows says that the power comes from: GetSystemPowerStatus of the Win32 API. An emergency supply that Windows knows of
 * is a battery to it.
 *
 * <p>Not run here: written after Microsoft's description of the call and of SYSTEM_POWER_STATUS.
 */
final class WindowsPower implements PowerSensor {
    private static final int OFFLINE = 0;
    private static final int ONLINE = 1;

    private final Kernel kernel = Native.load("kernel32", Kernel.class);

    /** The part of kernel32.dll that JNA does not bring. */
    interface Kernel extends StdCallLibrary {
        boolean GetSystemPowerStatus(Status status);
    }

    /** SYSTEM_POWER_STATUS. */
    @FieldOrder({
        "acLineStatus",
        "batteryFlag",
        "batteryLifePercent",
        "systemStatusFlag",
        "batteryLifeTime",
        "batteryFullLifeTime"
    })
    public static final class Status extends Structure {
        public byte acLineStatus;
        public byte batteryFlag;
        public byte batteryLifePercent;
        public byte systemStatusFlag;
        public int batteryLifeTime;
        public int batteryFullLifeTime;
    }

    @Override
    public Supply supply() throws IOException {
        Status status = new Status();
        if (!kernel.GetSystemPowerStatus(status)) throw new IOException("Windows did not tell the power supply");
        return of(status.acLineStatus);
    }

    /** 255 stands for unknown. */
    static Supply of(byte acLineStatus) throws IOException {
        return switch (acLineStatus) {
            case OFFLINE -> Supply.BATTERY;
            case ONLINE -> Supply.MAINS;
            default -> throw new IOException("Windows does not know the power supply");
        };
    }
}
