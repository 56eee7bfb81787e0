package com.peerllm.desktop.models;

import com.peerllm.desktop.toolkit.FxSignals;
import com.peerllm.desktop.toolkit.Room;
import com.peerllm.desktop.toolkit.ScreenModel;
import com.peerllm.desktop.toolkit.TakesFiles;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.HostModel;
import com.peerllm.host.modelstore.StoredModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What Models shows and what a person can do there. All of it belongs to the thread of the screens. */
public final class ModelsViewModel implements ScreenModel, TakesFiles {

    /** The two parts of the screen. */
    public enum Part {
        HERE,
        CATALOG
    }

    /** How much there is on this computer, which decides what a person is told to do next. */
    public enum Stock {
        NOTHING,
        /** Only what this program brought along, which is a model to begin with. */
        STARTER,
        MODELS
    }

    /** Models that are smaller show that all works, and know little. */
    private static final long SMALLEST_USEFUL_BYTES = 50_000_000;

    private final Workbench bench;
    private final Runnable askRecentPay;
    private final FxSignals signals;
    private final DownloadsViewModel downloads;
    private final Arrivals arrivals;
    private final CatalogShelf catalog;
    private final RowsById<HostModel, ModelRow> models;
    private final ObservableList<HereRow> here = FXCollections.observableArrayList();
    private final ObjectProperty<Part> part = new SimpleObjectProperty<>(Part.HERE);
    private final BooleanProperty seen = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Stock> stock = new ReadOnlyObjectWrapper<>(Stock.NOTHING);

    public ModelsViewModel(ModelsSource source, Workbench bench) {
        this.bench = bench;
        askRecentPay = source.askRecentPay();
        signals = new FxSignals(bench.fxThread());
        downloads = new DownloadsViewModel(source.downloads(), bench);
        arrivals = new Arrivals(source.models(), bench);
        catalog = new CatalogShelf(source, signals, bench);
        ModelWording wording = new ModelWording(bench.messages());
        models = new RowsById<>(
                model -> model.file().name(), model -> new ModelRow(model, source, wording, bench), ModelRow::show);
        signals.follow(source.models().all()).subscribe(this::show);
        signals.follow(source.recentPay()).addListener(changed -> models.rows().forEach(ModelRow::render));
        InvalidationListener together = changed -> putTogether();
        arrivals.rows().addListener(together);
        downloads.rows().addListener(together);
        models.rows().addListener(together);
        putTogether();
    }

    private void show(List<HostModel> now) {
        List<ModelRow> before = List.copyOf(models.rows());
        models.show(now);
        before.stream().filter(row -> !models.rows().contains(row)).forEach(ModelRow::close);
        stock.set(stock(now));
    }

    private static Stock stock(List<HostModel> models) {
        if (models.isEmpty()) return Stock.NOTHING;
        StoredModel first = models.getFirst().file();
        boolean starter = models.size() == 1 && first.madeHere() && first.sizeBytes() < SMALLEST_USEFUL_BYTES;
        return starter ? Stock.STARTER : Stock.MODELS;
    }

    /** What arrives, what is being downloaded, and what is there, in this order. */
    private void putTogether() {
        List<HereRow> all = new ArrayList<>(arrivals.rows());
        all.addAll(downloads.rows());
        all.addAll(models.rows());
        RowsById.order(here, all);
    }

    public ObservableList<HereRow> here() {
        return here;
    }

    public DownloadsViewModel downloads() {
        return downloads;
    }

    /** Whether the person sees the screen. */
    public BooleanProperty seenProperty() {
        return seen;
    }

    /** Whether the person sees the downloads on this screen, so that they need not be shown elsewhere. */
    public ObservableValue<Boolean> downloadsSeen() {
        return seen.and(part.isEqualTo(Part.HERE));
    }

    public CatalogShelf catalog() {
        return catalog;
    }

    /** Which part of the screen is open. */
    public ObjectProperty<Part> partProperty() {
        return part;
    }

    public ReadOnlyObjectProperty<Stock> stockProperty() {
        return stock.getReadOnlyProperty();
    }

    /** Files that were dropped, chosen, or named when the program was started: shown, and asked about. */
    @Override
    public void take(List<Path> files) {
        part.set(Part.HERE);
        bench.goTo().accept(Room.MODELS);
        arrivals.receive(files);
    }

    @Override
    public void refresh() {
        if (seen.get()) askRecentPay.run();
        downloads.refresh();
        models.rows().forEach(ModelRow::refresh);
    }

    @Override
    public void close() {
        models.rows().forEach(ModelRow::close);
        arrivals.close();
        downloads.close();
        signals.close();
    }
}
