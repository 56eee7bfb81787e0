package com.peerllm.desktop.onboarding;

import com.peerllm.host.catalog.FitAdvice;
import com.peerllm.host.earnings.RecentPay;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.SharingRules;
import com.peerllm.shared.model.ModelDigest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the first steps read of this computer, and what is chosen in them.
 *
 * @param pseudonym this host's name on the network
 * @param settings as they are when the steps are opened
 * @param firstTime whether nothing was chosen before, so that the usual choices stand
 * @param computer may take a second; works without a network
 * @param suggestion the model to begin with here; empty when none of the catalogue is known to run
 * @param recentPay what hosts of each model were paid lately in the network at an address; asks it, for some seconds at most
 */
public record OnboardingSource(
        String pseudonym,
        Supplier<HostSettings> settings,
        boolean firstTime,
        Supplier<HardwareProfile> computer,
        Supplier<Optional<Suggestion>> suggestion,
        Function<String, Optional<RecentPay>> recentPay,
        Choices choices) {

    /**
     * A published model in the variant for this computer.
     *
     * @param sizeBytes of its download, once known
     * @param digest of its file, where the catalogue has it
     */
    public record Suggestion(
            String name, String variant, OptionalLong sizeBytes, FitAdvice advice, Optional<ModelDigest> digest) {}

    /**
     * Writes down what is chosen, one choice after the other, so that a program that ends in between begins again with them.
     * All may take long, and throw {@link com.peerllm.host.kernel.HostException} with what to do.
     */
    public interface Choices {
        /** Begins the download of the suggested model, which is offered when it is here; once. */
        void downloadSuggested();

        /** Offers the model that comes with the program. */
        void useStarter();

        /** Takes a model file in and offers it. */
        void take(Path file);

        void rules(SharingRules rules);

        /** Why this system cannot start the program at login; empty where it can. */
        Optional<String> loginImpossible();

        void startAtLogin(boolean on);

        /** Shares with the network at this address, from now on under the rules. */
        void start(String address);

        /** The steps are not shown at the next start. */
        void finished();
    }
}
