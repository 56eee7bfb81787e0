package com.peerllm.desktop.earnings;

import com.peerllm.desktop.toolkit.ScreenModel;
import com.peerllm.desktop.toolkit.Workbench;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/** What this computer earned, what it is owed, and what the network thinks of it. */
public final class EarningsViewModel implements ScreenModel {
    private final ObjectProperty<Part> part = new SimpleObjectProperty<>(Part.OVERVIEW);
    private final OverviewViewModel overview;
    private final PayoutViewModel payout;
    private final ReceiptsViewModel receipts;
    private final ReputationViewModel reputation;

    /** The parts of the screen, one of which is open. */
    public enum Part {
        OVERVIEW,
        RECEIPTS,
        REPUTATION
    }

    public EarningsViewModel(EarningsSource source, Workbench bench) {
        overview = new OverviewViewModel(source, bench);
        payout = new PayoutViewModel(source, bench);
        receipts = new ReceiptsViewModel(source, bench);
        reputation = new ReputationViewModel(source, bench);
    }

    public ObjectProperty<Part> partProperty() {
        return part;
    }

    public OverviewViewModel overview() {
        return overview;
    }

    public PayoutViewModel payout() {
        return payout;
    }

    public ReceiptsViewModel receipts() {
        return receipts;
    }

    public ReputationViewModel reputation() {
        return reputation;
    }

    @Override
    public void refresh() {
        overview.refresh();
    }

    @Override
    public void close() {
        overview.close();
        payout.close();
        receipts.close();
        reputation.close();
    }
}
