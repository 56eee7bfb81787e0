package com.peerllm.host;

import com.peerllm.host.catalog.Advisor;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.storage.ModelRunRow;
import com.peerllm.shared.model.ModelDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The list of this computer's models: what is there, what of it can be run, and what of that is offered to the network. */
final class ModelShelf implements AutoCloseable {
    private final HostData data;
    private final EngineRoom engineRoom;
    private final ModelPlans plans;
    private final String starter;
    private final Mailbox reader;
    private final Signal<List<HostModel>> all = new Signal<>(List.of());
    private final Signal<List<PlannedModel>> runnable = new Signal<>(List.of());
    private final List<Signal.Subscription> watching = new ArrayList<>();
    private volatile List<ModelPlans.Known> known = List.of();
    private volatile List<PlannedModel> besides = List.of();

    ModelShelf(HostData data, EngineRoom engineRoom, Surroundings around) {
        this.data = data;
        this.engineRoom = engineRoom;
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

    /** In order of name; changes also while engines load and leave. */
    Signal<List<HostModel>> all() {
        return all;
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

    /** What the settings offer, by name; at least one. */
    List<String> offeredNames() {
        return OfferedNames.of(data.settings().current().get(), starter);
    }

    /** What is offered when nothing was chosen. */
    String starter() {
        return starter;
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
