package com.peerllm.host.diagnostics;

import java.util.List;
import oshi.SystemInfo;

/** Which sensors the rules of sharing can use; without one, its rule is not applied. */
final class SensorCheck implements Doctor.Check {

    @Override
    public String name() {
        return "sensors";
    }

    @Override
    public List<Finding> look() {
        SystemInfo system = new SystemInfo();
        double celsius = system.getHardware().getSensors().getCpuTemperature();
        boolean temperature = !Double.isNaN(celsius) && celsius > 0;
        long batteries = system.getHardware().getPowerSources().stream()
                .filter(source -> source.getMaxCapacity() > 0)
                .count();
        String battery = batteries == 0 ? "no battery" : "a battery";
        if (temperature)
            return List.of(Finding.ok(
                    "sensors",
                    "The processor's temperature can be read (" + Math.round(celsius) + " °C); " + battery + "."));
        return List.of(Finding.warn(
                "sensors",
                "The processor's temperature cannot be read; " + battery + ".",
                "Nothing has to be done: a limit of temperature has no effect here."));
    }
}
