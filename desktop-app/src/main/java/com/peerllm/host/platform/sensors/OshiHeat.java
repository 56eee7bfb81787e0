package com.peerllm.host.platform.sensors;

import java.io.IOException;
import java.util.Optional;
import oshi.SystemInfo;

/**
 * The processor's temperature as OSHI finds it on Windows and macOS, where it often needs a program or a right that is not there.
 *
 * <p>Not run on those systems here. OSHI answers zero or not a number where it knows nothing.
 */
final class OshiHeat implements ThermalSensor {
    private final oshi.hardware.Sensors sensors = new SystemInfo().getHardware().getSensors();

    /** The sensor, when it knows something. */
    static Optional<ThermalSensor> find() {
        OshiHeat found = new OshiHeat();
        try {
            found.celsius();
            return Optional.of(found);
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public int celsius() throws IOException {
        double celsius = sensors.getCpuTemperature();
        if (Double.isNaN(celsius) || celsius <= 0) throw new IOException("The temperature is not known");
        return (int) Math.ceil(celsius);
    }

    @Override
    public String source() {
        return "OSHI";
    }
}
