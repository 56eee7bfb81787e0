package com.peerllm.desktop;

import com.peerllm.desktop.chat.ChatSource;
import com.peerllm.desktop.chat.ChatSource.Preparation;
import com.peerllm.desktop.earnings.EarningsSource;
import com.peerllm.desktop.earnings.ReputationWording;
import com.peerllm.desktop.home.HomeSource;
import com.peerllm.desktop.logs.LogsSource;
import com.peerllm.desktop.market.MarketSource;
import com.peerllm.desktop.models.ModelsSource;
import com.peerllm.desktop.rules.RulesSource;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.host.HostModel;
import com.peerllm.host.HostProgram;
import com.peerllm.host.HostVersion;
import com.peerllm.host.LocalHost;
import com.peerllm.host.catalog.CatalogModel;
import com.peerllm.host.catalog.CatalogVariant;
import com.peerllm.host.catalog.Publisher;
import com.peerllm.host.diagnostics.Doctor;
import com.peerllm.host.diagnostics.LogTail;
import com.peerllm.host.diagnostics.Preflight;
import com.peerllm.host.diagnostics.SupportBundle;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.modelstore.Downloads;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.settings.SharingRules;
import com.peerllm.host.storage.ModelRunRow;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;

/** What each screen watches of the running program and asks of it. */
final class HostSources {
    private final OpenedHost opened;
    private final HostProgram program;
    private final LocalHost host;
    private final Publisher publisher;
    private final Consumer<URI> openPage;

    /** @param openPage shows a page, or a folder, in the program that the person has for it */
    HostSources(OpenedHost opened, Consumer<URI> openPage) {
        this.opened = opened;
        this.program = opened.program();
        this.host = opened.host();
        this.publisher = Publisher.of(System.getProperties());
        this.openPage = openPage;
    }

    HomeSource home(Messages messages) {
        ReputationWording wording = new ReputationWording(messages, ZoneId.systemDefault());
        Signal<Optional<HomeSource.Standing>> standing = new Signal<>(Optional.empty());
        program.account()
                .reputation()
                .standing()
                .subscribe(known -> standing.set(known.map(score ->
                        new HomeSource.Standing(score.score(), score.lately().map(wording::moved)))));
        return new HomeSource(
                host.pseudonym(),
                host.offered(),
                host.settings(),
                host.session(),
                host.engine(),
                host.earnings(),
                host.wanted(),
                host.availability(),
                standing,
                host.trouble(),
                ZoneId.systemDefault(),
                host::work,
                new HomeSource.Sharing() {
                    @Override
                    public void start(String address) {
                        host.share(address);
                    }

                    @Override
                    public void stop() {
                        host.stopSharing();
                    }
                },
                program.pauses());
    }

    ModelsSource models() {
        return new ModelsSource(
                host.models(),
                program.downloads(),
                opened.catalog().offers(),
                opened.catalog().writtenAt(),
                this::order,
                program.account().recentPay().news(),
                program.account().recentPay()::ask,
                (Path folder) -> openPage.accept(folder.toUri()),
                openPage);
    }

    MarketSource market() {
        return MarketSource.of(program.listings());
    }

    private Downloads.Order order(CatalogModel model, CatalogVariant variant) {
        return Downloads.Order.of(publisher.order(model, variant));
    }

    ChatSource chat() {
        return new ChatSource(opened.chats(), program.assistant(), this::preparation);
    }

    private Preparation preparation(String name) {
        Optional<HostModel> model = host.models().all().get().stream()
                .filter(one -> one.file().name().equals(name))
                .findFirst();
        boolean loaded =
                model.filter(one -> one.state() instanceof EngineState.Ready).isPresent();
        Optional<Duration> lastLoad = model.flatMap(HostModel::run)
                .map(ModelRunRow::loadMillis)
                .filter(millis -> millis > 0)
                .map(Duration::ofMillis);
        return new Preparation(loaded, lastLoad);
    }

    EarningsSource earnings() {
        return EarningsWiring.source(opened);
    }

    LogsSource logs(WindowParts parts) {
        AppFolders folders = opened.data().folders();
        SupportBundle bundle = new SupportBundle(
                folders, parts.around().properties(), parts.around().environment());
        return new LogsSource(
                new LogTail(folders.logs()),
                zip -> bundle.write(
                        zip,
                        new SupportBundle.Facts(
                                HostVersion.text(),
                                parts.around().clock().instant(),
                                host.settings().get(),
                                Optional.of(examined(parts, folders)))),
                folder -> openPage.accept(folder.toUri()));
    }

    private static Doctor.Report examined(WindowParts parts, AppFolders folders) {
        Doctor doctor = Preflight.doctor(new Preflight.Subject(
                folders,
                parts.around().properties(),
                parts.around().clock(),
                parts.around().threads(),
                parts.link().allowPlaintext(),
                parts.link().ownCa()));
        return doctor.examine(finding -> {}, new Cancellation());
    }

    RulesSource rules() {
        return new RulesSource(
                host.settings(),
                host.availability(),
                program.rules()::nextChange,
                program.sensors(),
                ZoneId::systemDefault,
                new RulesSource.Changes() {
                    @Override
                    public void save(SharingRules rules) {
                        opened.data()
                                .settings()
                                .update(settings -> settings.edit().rules(rules).done());
                    }

                    @Override
                    public void followRules() {
                        program.pauses().followRules();
                    }
                });
    }
}
