package com.peerllm.host;

import com.peerllm.host.availability.Limits;
import com.peerllm.host.catalog.Advisor;
import com.peerllm.host.catalog.FitAdvice;
import com.peerllm.host.catalog.FitReason;
import com.peerllm.host.catalog.Wish;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.modelstore.CheckedModel;
import com.peerllm.host.modelstore.HashProgress;
import com.peerllm.host.modelstore.ModelStore;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.host.settings.Asks;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.storage.ModelRunRow;
import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.TokenPrice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How each model of this computer would be run, by its header, the settings and the machine. For one thread at a time. */
final class ModelPlans {
    private static final Logger log = LoggerFactory.getLogger(ModelPlans.class);

    private final HostData data;
    private final EngineRoom engineRoom;
    private volatile Map<ModelDigest, Read> read = Map.of();

    private record Read(StoredModel file, Optional<GgufFacts> facts) {}

    /**
     * A stored model and what is known of it.
     *
     * @param facts empty when the file cannot be read
     * @param plan empty when it cannot be run here
     * @param ask of the settings
     */
    record Known(
            StoredModel file,
            Optional<GgufFacts> facts,
            Optional<PlannedModel> plan,
            Optional<TokenPrice> ask,
            Optional<ModelRunRow> run,
            FitAdvice fit) {}

    ModelPlans(HostData data, EngineRoom engineRoom) {
        this.data = data;
        this.engineRoom = engineRoom;
    }

    /** In order of name. Without an engine nothing is planned, and the rest is told. */
    List<Known> all() {
        Map<ModelDigest, Read> now = new LinkedHashMap<>();
        for (StoredModel file : data.models().list()) {
            Read before = read.get(file.digest());
            now.put(file.digest(), before != null && before.file().equals(file) ? before : new Read(file, facts(file)));
        }
        read = now;
        Optional<EngineRoom.Made> made = made();
        HostSettings settings = data.settings().current().get();
        Optional<Advisor> advisor = advisor();
        return now.values().stream()
                .map(each -> known(each, made, advisor, settings))
                .toList();
    }

    private Optional<EngineRoom.Made> made() {
        try {
            return Optional.of(engineRoom.get());
        } catch (HostException e) {
            log.warn("No model can be run: {}", e.sentence());
            return Optional.empty();
        }
    }

    private static Optional<GgufFacts> facts(StoredModel file) {
        try {
            return Optional.of(ModelStore.facts(file.path()));
        } catch (HostException e) {
            log.info("{} cannot be read: {}", file.name(), e.sentence());
            return Optional.empty();
        }
    }

    private Known known(Read model, Optional<EngineRoom.Made> made, Optional<Advisor> advisor, HostSettings settings) {
        Optional<TokenPrice> ask = ask(settings, model.file().name());
        if (made.isEmpty() || model.facts().isEmpty())
            return new Known(model.file(), model.facts(), Optional.empty(), ask, Optional.empty(), unknown(model));
        Optional<ModelRunRow> run = made.get().pool().records().run(model.file().digest());
        Optional<PlannedModel> plan = Optional.empty();
        FitAdvice advice =
                advisor.get().of(model.facts().get(), Optional.of(model.file().digest()));
        try {
            if (model.file().presence() == StoredModel.Presence.PRESENT)
                plan = Optional.of(
                        planned(new CheckedModel(model.file(), model.facts().get()), made.get(), settings, ask));
        } catch (HostException e) {
            log.debug("{} cannot be run here", model.file().name(), e);
        }
        return new Known(model.file(), model.facts(), plan, ask, run, advice);
    }

    private static FitAdvice unknown(Read model) {
        FitReason reason = model.facts().isEmpty() ? new FitReason.Unreadable() : new FitReason.NoEngine();
        return new FitAdvice(FitAdvice.Badge.UNKNOWN, reason, OptionalDouble.empty(), false);
    }

    /** What a person is told about published models, by what was measured here until now. */
    Optional<Advisor> advisor() {
        Map<ModelDigest, Read> models = read;
        return made().map(made -> new Advisor(
                made.profile(),
                SpeedRecords.of(
                        made.pool().records().all(),
                        digest -> Optional.ofNullable(models.get(digest)).flatMap(Read::facts))));
    }

    /** A price that is none is told when it is used. */
    private static Optional<TokenPrice> ask(HostSettings settings, String name) {
        try {
            return Asks.of(settings).of(name);
        } catch (HostException e) {
            log.warn("A price of the settings is not used: {}", e.sentence());
            return Optional.empty();
        }
    }

    /**
     * How one of the settings' models is run; a file that changed is read anew, which may take long.
     *
     * @param wanted a name or a file
     * @throws HostException with what to do
     */
    PlannedModel plan(String wanted, Cancellation cancellation) {
        HostSettings settings = data.settings().current().get();
        Asks asks = Asks.of(settings);
        StoredModel found = data.models().find(wanted, HashProgress.SILENT, cancellation);
        CheckedModel checked = data.models().check(found, HashProgress.SILENT, cancellation);
        cancellation.check();
        return planned(
                checked,
                engineRoom.get(),
                settings,
                asks.of(wanted, checked.model().name()));
    }

    private static PlannedModel planned(
            CheckedModel model, EngineRoom.Made made, HostSettings settings, Optional<TokenPrice> ask) {
        Limits limits = Limits.of(settings.rules(), made.profile());
        Wish wish = new Wish(
                settings.slots(), settings.contextPerSlot(), limits.gpu() ? settings.gpuLayers() : OptionalInt.of(0));
        ServePlan.Shape shape = ServePlan.shape(model.facts(), made.profile(), wish);
        boolean pinned = settings.pinned().contains(model.model().name());
        return ServePlan.planned(model, shape, made.natives(), threads(settings, made), pinned, ask);
    }

    /** Computing threads that the person or the rules say; empty when the engine may have all but one core. */
    static OptionalInt threads(HostSettings settings, EngineRoom.Made made) {
        int limit = Limits.of(settings.rules(), made.profile()).threads();
        int usual = ServePlan.threadBudget(made.profile(), OptionalInt.empty());
        if (settings.threads().isPresent())
            return OptionalInt.of(Math.min(settings.threads().getAsInt(), Math.max(limit, 1)));
        return limit < usual ? OptionalInt.of(limit) : OptionalInt.empty();
    }
}
