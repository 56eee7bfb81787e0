package com.peerllm.desktop.rules;

import com.peerllm.host.availability.Availability;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.platform.sensors.Sensors;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.SharingRules;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What Rules watches of the host and asks of it.
 *
 * @param nextChange when the availability changes by itself
 * @param sensors what this computer can tell about itself
 * @param zone in which the hours are meant
 */
public record RulesSource(
        Signal<HostSettings> settings,
        Signal<Availability> availability,
        Supplier<Optional<Instant>> nextChange,
        Sensors sensors,
        Supplier<ZoneId> zone,
        Changes changes) {

    /** Neither is called on the thread of the screens. */
    public interface Changes {

        /**
         * On disk when it returns.
         *
         * @throws com.peerllm.host.kernel.HostException with what to do, when it cannot be written
         */
        void save(SharingRules rules);

        /** Ends a pause or an override. */
        void followRules();
    }
}
