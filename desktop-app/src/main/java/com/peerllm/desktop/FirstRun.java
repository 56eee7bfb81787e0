package com.peerllm.desktop;

import com.peerllm.desktop.onboarding.OnboardingSource;
import com.peerllm.desktop.onboarding.OnboardingSource.Suggestion;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.host.catalog.ModelChoice;
import com.peerllm.host.catalog.Publisher;
import com.peerllm.host.earnings.RecentPay;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.modelstore.Download;
import com.peerllm.host.modelstore.Downloads;
import com.peerllm.host.modelstore.HashProgress;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.SharingRules;
import java.nio.file.Path;
import java.util.Optional;
import javafx.application.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first steps over the running program: what this computer is, and what is chosen. */
final class FirstRun implements OnboardingSource.Choices {
    private static final Logger log = LoggerFactory.getLogger(FirstRun.class);

    private final OpenedHost opened;
    private final WindowParts parts;
    private final ProgramAtLogin login;
    private final Publisher publisher;

    FirstRun(OpenedHost opened, WindowParts parts, Messages messages) {
        this.opened = opened;
        this.parts = parts;
        login = new ProgramAtLogin(parts.around(), opened.data().folders(), messages);
        publisher = Publisher.of(parts.around().properties());
    }

    /** Whether the steps were neither finished nor skipped, and the program was not set up from the command line. */
    boolean isDue() {
        return parts.preferences().get().firstRunDone().map(done -> !done).orElse(!opened.hadSettings());
    }

    /** From now on the steps are due until they are finished or skipped, also when the program ends in between. */
    void begin() {
        parts.preferences().update(settings -> settings.withFirstRunDone(false));
    }

    OnboardingSource source() {
        return new OnboardingSource(
                opened.host().pseudonym(),
                () -> opened.host().settings().get(),
                opened.host().settings().get().rules().equals(HostSettings.DEFAULTS.rules()) && isDue(),
                this::computer,
                () -> choice().map(FirstRun::suggestion),
                this::recentPay,
                this);
    }

    private HardwareProfile computer() {
        try {
            Path natives = EngineNatives.locate(parts.around().properties());
            return opened.machine().withDevices(natives, parts.around().threads());
        } catch (EngineException e) {
            log.warn("The engine could not tell its devices", e);
            return opened.machine().withoutDevices();
        }
    }

    private Optional<ModelChoice> choice() {
        return opened.host()
                .advisor()
                .flatMap(advisor ->
                        ModelChoice.of(opened.program().catalog().current().get(), advisor));
    }

    private static Suggestion suggestion(ModelChoice choice) {
        return new Suggestion(
                choice.model().name(),
                choice.variant().quantization(),
                choice.variant().sizeBytes(),
                choice.advice(),
                choice.variant().digest());
    }

    private Optional<RecentPay> recentPay(String address) {
        try {
            return opened.program()
                    .account()
                    .recentPay()
                    .of(OrchestratorAddress.parse(address, parts.link().allowPlaintext()));
        } catch (HostException e) {
            // Half an address, or none: the last step says so when it is to be used.
            log.debug("No network to ask: {}", e.problem());
            return Optional.empty();
        }
    }

    /** Not again while it is on its way, or when it is here already: the steps may be gone through twice. */
    @Override
    public void downloadSuggested() {
        Optional<ModelChoice> choice = choice();
        if (choice.isEmpty()) return;
        Downloads.Order order = Downloads.Order.of(
                publisher.order(choice.get().model(), choice.get().variant()));
        offerWhenHere(Optional.of(order.name()));
        boolean here = opened.host().models().all().get().stream()
                .anyMatch(model -> model.file().name().equals(order.name()));
        boolean onItsWay = opened.program().downloads().all().get().stream()
                .map(Download::name)
                .anyMatch(order.name()::equals);
        if (here || onItsWay) return;
        opened.program().downloads().fetch(order);
    }

    private void offerWhenHere(Optional<String> name) {
        Platform.runLater(() -> parts.preferences().update(settings -> settings.withOfferWhenHere(name)));
    }

    @Override
    public void useStarter() {
        offerWhenHere(Optional.empty());
        String starter = opened.data().models().starter().name();
        opened.data()
                .settings()
                .update(settings -> settings.edit()
                        .model(Optional.of(starter))
                        .alsoServe(settings.alsoServe().stream()
                                .filter(name -> !name.equals(starter))
                                .toList())
                        .done());
    }

    @Override
    public void take(Path file) {
        offerWhenHere(Optional.empty());
        opened.host().models().take(file, false, HashProgress.SILENT, new Cancellation());
    }

    @Override
    public void rules(SharingRules rules) {
        opened.data().settings().update(settings -> settings.edit().rules(rules).done());
    }

    @Override
    public Optional<String> loginImpossible() {
        return login.impossible();
    }

    @Override
    public void startAtLogin(boolean on) {
        login.set(on);
    }

    @Override
    public void start(String address) {
        opened.host().share(address);
    }

    @Override
    public void finished() {
        Platform.runLater(() -> parts.preferences().update(settings -> settings.withFirstRunDone(true)));
    }
}
