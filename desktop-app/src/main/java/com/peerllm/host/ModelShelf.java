package com.peerllm.host;

import com.peerllm.host.answering.OwnModels;
import com.peerllm.host.catalog.Advisor;
import com.peerllm.host.engine.EmbeddingListener;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.engine.Generation;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.engine.Speed;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.modelstore.HashProgress;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.host.settings.Asks;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.storage.ModelRunRow;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.openai.EmbeddingInput;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The models of this computer: keeps the list, what can be run of it, and does with it what the person says. */
final class ModelShelf implements HostModels, OwnModels, AutoCloseable {
    private static final Duration MEASURING = Duration.ofSeconds(20);

    private final HostData data;
    private final EngineRoom engineRoom;
    private final Surroundings around;
    private final ModelPlans plans;
    private final String starter;
    private final Mailbox reader;
    private final Signal<List<HostModel>> all = new Signal<>(List.of());
    private final Signal<List<PlannedModel>> runnable = new Signal<>(List.of());
    private final List<Signal.Subscription> watching = new ArrayList<>();
    private volatile List<ModelPlans.Known> known = List.of();
    private volatile List<PlannedModel> besides = List.of();
    private volatile Instant lastAsked = Instant.EPOCH;

    ModelShelf(HostData data, EngineRoom engineRoom, Surroundings around) {
        this.data = data;
        this.engineRoom = engineRoom;
        this.around = around;
        plans = new ModelPlans(data, engineRoom);
        starter = data.models().starter().name();
        reader = new Mailbox(around.threads());
    }

    /** Begins to read what is there; returns at once. */
    void open() {
        reader.post(() -> {
            read();
            engineRoom
                    .ifMade()
                    .ifPresent(made ->
                            watching.add(made.pool().states().subscribe(states -> reader.post(() -> tell(states)))));
            watching.add(data.settings().current().subscribe(settings -> refresh()));
        });
    }

    /** Reads what is there anew, soon: after a file came, went or was measured. */
    void refresh() {
        reader.post(this::read);
    }

    /** What can be run, those that only the running network session knows included; told when a pool serves it already. */
    Signal<List<PlannedModel>> runnable() {
        return runnable;
    }

    /** Also serves these from now on, whatever the settings say: what the command line named. */
    void serveBesides(List<PlannedModel> models) {
        besides = List.copyOf(models);
        reader.ask(() -> {
            read();
            return true;
        });
    }

    /** What a person is told about published models; empty while the engine does not run here. */
    Optional<Advisor> advisor() {
        return plans.advisor();
    }

    /** When the person in front of this computer last asked one of the models. */
    Instant lastAsked() {
        return lastAsked;
    }

    private void read() {
        List<ModelPlans.Known> now = plans.all();
        known = now;
        List<PlannedModel> planned = new ArrayList<>(besides);
        now.stream()
                .flatMap(model -> model.plan().stream())
                .filter(plan ->
                        besides.stream().noneMatch(other -> other.digest().equals(plan.digest())))
                .forEach(planned::add);
        engineRoom.ifMade().ifPresent(made -> {
            made.pool().serve(planned);
            OptionalInt threads = ModelPlans.threads(data.settings().current().get(), made);
            made.pool().useThreads(ServePlan.threadBudget(made.profile(), threads));
        });
        runnable.set(List.copyOf(planned));
        tell(engineRoom.ifMade().map(made -> made.pool().states().get()).orElse(Map.of()));
    }

    private void tell(Map<ModelDigest, EngineState> states) {
        HostSettings settings = data.settings().current().get();
        List<String> offered = OfferedNames.of(settings, starter);
        all.set(known.stream()
                .map(model -> new HostModel(
                        model.file(),
                        model.facts(),
                        states.getOrDefault(model.file().digest(), new EngineState.Stopped()),
                        offered.contains(model.file().name()),
                        settings.pinned().contains(model.file().name()),
                        model.ask(),
                        run(model),
                        model.fit()))
                .toList());
    }

    /** A model that has just been loaded was measured since the list was read. */
    private Optional<ModelRunRow> run(ModelPlans.Known model) {
        return engineRoom
                .ifMade()
                .map(made -> made.pool().records().run(model.file().digest()))
                .orElseGet(model::run);
    }

    /** The settings' offers as they would be run. Files that changed are read anew; may take long. */
    List<PlannedModel> offers(Cancellation cancellation) {
        List<PlannedModel> offers = new ArrayList<>();
        for (String name : OfferedNames.of(data.settings().current().get(), starter))
            offers.add(plans.plan(name, cancellation));
        return List.copyOf(offers);
    }

    /** Of what is known to run here, what the settings offer. */
    List<PlannedModel> offeredNow() {
        List<PlannedModel> can = runnable.get();
        return OfferedNames.of(data.settings().current().get(), starter).stream()
                .flatMap(name -> can.stream().filter(model -> model.name().equals(name)))
                .toList();
    }

    String firstName() {
        return OfferedNames.of(data.settings().current().get(), starter).getFirst();
    }

    // What the person does with them

    @Override
    public Signal<List<HostModel>> all() {
        return all;
    }

    @Override
    public StoredModel take(Path file, boolean copy, HashProgress progress, Cancellation cancellation) {
        StoredModel taken = data.models().importFile(file, copy, progress, cancellation);
        offer(taken.name(), true);
        refresh();
        return taken;
    }

    @Override
    public void offer(String name, boolean onNetwork) {
        stored(name);
        data.settings()
                .update(settings ->
                        onNetwork ? OfferedNames.with(settings, name) : OfferedNames.without(settings, starter, name));
    }

    @Override
    public void pin(String name, boolean pinned) {
        stored(name);
        data.settings().update(settings -> {
            List<String> pins = new ArrayList<>(settings.pinned());
            pins.remove(name);
            if (pinned) pins.add(name);
            return settings.edit().pinned(pins).done();
        });
    }

    @Override
    public void ask(String name, Optional<TokenPrice> ask) {
        stored(name);
        data.settings().update(settings -> {
            Map<String, String> prices = new TreeMap<>(settings.prices());
            ask.ifPresentOrElse(price -> prices.put(name, Asks.text(price)), () -> prices.remove(name));
            return settings.withPrices(prices);
        });
    }

    @Override
    public void load(String name) {
        planned(name).ifPresent(model -> engineRoom.get().pool().models().load(model.digest()));
    }

    @Override
    public void unload(String name) {
        planned(name).ifPresent(model -> engineRoom.get().pool().models().unload(model.digest()));
    }

    @Override
    public Speed measure(String name, Cancellation cancellation) {
        PlannedModel model = planned(name).orElseThrow(() -> cannotRun(name));
        EngineRoom.Made made = engineRoom.get();
        FastestWay ways = new FastestWay(made.profile(), made.pool().records(), MEASURING, around.threads());
        try {
            return ways.find(model, FastestWay.Progress.SILENT, cancellation)
                    .best()
                    .speed();
        } catch (EngineException e) {
            throw new HostException(Problem.ENGINE, e.failure().sentence(), e);
        } finally {
            refresh();
        }
    }

    @Override
    public void delete(String name) {
        data.models().delete(name);
        data.settings().update(settings -> OfferedNames.forgotten(settings, starter, name));
        refresh();
    }

    private StoredModel stored(String name) {
        return data.models().list().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new HostException(
                        Problem.BAD_MODEL, "There is no model named \"" + name + "\" on this computer any more."));
    }

    private Optional<PlannedModel> planned(String name) {
        return runnable.get().stream()
                .filter(model -> model.name().equals(name))
                .findFirst();
    }

    private HostException cannotRun(String name) {
        return all.get().stream()
                .filter(model -> model.file().name().equals(name))
                .findFirst()
                .map(model -> new HostException(Problem.BAD_MODEL, model.fit().why()))
                .orElseGet(() -> new HostException(Problem.BAD_MODEL, name + " cannot be run here."));
    }

    // What the person in front of this computer asks them

    @Override
    public List<OwnModel> list() {
        Map<ModelDigest, EngineState> states =
                engineRoom.ifMade().map(made -> made.pool().states().get()).orElse(Map.of());
        return runnable.get().stream()
                .map(model -> own(model, states.getOrDefault(model.digest(), new EngineState.Stopped())))
                .toList();
    }

    private OwnModel own(PlannedModel model, EngineState state) {
        ModelPool pool = engineRoom.get().pool();
        List<String> features = state instanceof EngineState.Ready(var facts)
                ? facts.features()
                : pool.records().run(model.digest()).map(ModelRunRow::features).orElse(List.of());
        int context = state instanceof EngineState.Ready(var facts)
                ? facts.contextPerSlot()
                : model.engine().contextPerSlot();
        int free = model.engine().slots() - pool.models().answering(model.digest());
        return new OwnModel(model.name(), model.digest(), features, context, Math.max(0, free));
    }

    @Override
    public Generation generate(ModelDigest model, GenerationRequest request, GenerationListener listener) {
        lastAsked = around.clock().instant();
        return engineRoom.get().pool().models().generate(model, request, listener);
    }

    @Override
    public Generation embed(ModelDigest model, List<EmbeddingInput> inputs, EmbeddingListener listener) {
        lastAsked = around.clock().instant();
        return engineRoom.get().pool().models().embed(model, inputs, listener);
    }

    @Override
    public void close() {
        reader.ask(() -> {
            watching.forEach(Signal.Subscription::close);
            return true;
        });
        reader.close();
    }
}
