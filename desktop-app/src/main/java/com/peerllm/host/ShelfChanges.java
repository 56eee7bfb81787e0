package com.peerllm.host;

import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.ResidentModels;
import com.peerllm.host.engine.Speed;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.modelstore.HashProgress;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.host.settings.Asks;
import com.peerllm.shared.money.TokenPrice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;

/** Does with the models of this computer what its person says; what is kept of it stands in the settings. */
final class ShelfChanges implements HostModels {
    private static final Duration MEASURING = Duration.ofSeconds(20);

    private final HostData data;
    private final ModelShelf shelf;
    private final EngineRoom engineRoom;
    private final ThreadFactory threads;

    ShelfChanges(HostData data, ModelShelf shelf, EngineRoom engineRoom, ThreadFactory threads) {
        this.data = data;
        this.shelf = shelf;
        this.engineRoom = engineRoom;
        this.threads = threads;
    }

    @Override
    public Signal<List<HostModel>> all() {
        return shelf.all();
    }

    @Override
    public StoredModel take(Path file, boolean copy, HashProgress progress, Cancellation cancellation) {
        StoredModel taken = data.models().importFile(file, copy, progress, cancellation);
        offer(taken.name(), true);
        shelf.refresh();
        return taken;
    }

    @Override
    public void offer(String name, boolean onNetwork) {
        stored(name);
        data.settings()
                .update(settings -> onNetwork
                        ? OfferedNames.with(settings, name)
                        : OfferedNames.without(settings, shelf.starter(), name));
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
        FastestWay ways = new FastestWay(made.profile(), made.pool().records(), MEASURING, threads);
        try {
            return ways.find(model, FastestWay.Progress.SILENT, cancellation)
                    .best()
                    .speed();
        } catch (EngineException e) {
            throw new HostException(Problem.ENGINE, e.failure().sentence(), e);
        } finally {
            shelf.refresh();
        }
    }

    @Override
    public void delete(String name) {
        data.models().delete(name);
        data.settings().update(settings -> OfferedNames.forgotten(settings, shelf.starter(), name));
        shelf.refresh();
    }

    @Override
    public void moveTo(Path folder, HashProgress progress, Cancellation cancellation) {
        engineRoom.ifMade().map(made -> made.pool().models()).ifPresent(ShelfChanges::freeFiles);
        try {
            data.modelsMove().move(folder, progress, cancellation);
        } finally {
            shelf.refresh();
        }
    }

    private static void freeFiles(ResidentModels models) {
        models.unloadIdle();
        if (models.answering() > 0)
            throw new HostException(
                    Problem.USAGE, "A model answers now. Let it finish or stop its answer, then move the folder.");
    }

    private StoredModel stored(String name) {
        return data.models().list().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new HostException(
                        Problem.BAD_MODEL, "There is no model named \"" + name + "\" on this computer any more."));
    }

    private Optional<PlannedModel> planned(String name) {
        return shelf.runnable().get().stream()
                .filter(model -> model.name().equals(name))
                .findFirst();
    }

    private HostException cannotRun(String name) {
        return shelf.all().get().stream()
                .filter(model -> model.file().name().equals(name))
                .findFirst()
                .map(model -> new HostException(Problem.BAD_MODEL, model.fit().why()))
                .orElseGet(() -> new HostException(Problem.BAD_MODEL, name + " cannot be run here."));
    }
}
