package com.peerllm.desktop.home;

import com.peerllm.host.Work;
import com.peerllm.host.availability.Availability;
import com.peerllm.host.availability.PauseControl;
import com.peerllm.host.earnings.Earnings;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.session.SessionState;
import com.peerllm.host.settings.HostSettings;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What Home watches of the host and asks of it.
 *
 * @param pseudonym this host's name on the network
 * @param offered the names of the models that are offered, or will be when sharing starts; at least one
 * @param wanted whether the person wants to share
 * @param availability whether it may share now, and why not
 * @param standing what the network thinks of this host; empty until it said so
 * @param trouble why sharing that is wanted could not begin; a sentence with what to do
 * @param zone of this computer
 * @param work read now and then, because it changes with each token
 */
public record HomeSource(
        String pseudonym,
        Signal<List<String>> offered,
        Signal<HostSettings> settings,
        Signal<SessionState> session,
        Signal<EngineState> engine,
        Signal<Earnings> earnings,
        Signal<Boolean> wanted,
        Signal<Availability> availability,
        Signal<Optional<Standing>> standing,
        Signal<Optional<String>> trouble,
        ZoneId zone,
        Supplier<Work> work,
        Sharing sharing,
        PauseControl pauses) {

    /**
     * What the network thinks of this host.
     *
     * @param value 0 (serves nobody) to 2; an average good host has about 1
     * @param moved a sentence about what changed it last, in the person's language; empty when nothing is known of that
     */
    public record Standing(double value, Optional<String> moved) {}

    /** Starts and stops the host's sharing. Both may take long; neither is called on the thread of the screens. */
    public interface Sharing {

        /**
         * Starts the engine and the connection to the network at this address, and remembers the address.
         *
         * @throws com.peerllm.host.kernel.HostException with what to do, when the address or the model cannot be used
         */
        void start(String address);

        /** Ends running answers, the connection and the engine. */
        void stop();
    }
}
