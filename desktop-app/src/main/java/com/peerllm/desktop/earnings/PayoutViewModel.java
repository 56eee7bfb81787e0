package com.peerllm.desktop.earnings;

import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.FxSignals;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.ScreenModel;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.earnings.PayoutNews;
import com.peerllm.shared.payout.PayeeDetails;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** Payouts, and how this host wants to be paid. All of it belongs to the thread of the screens. */
public final class PayoutViewModel implements ScreenModel {
    private final EarningsSource source;
    private final Messages messages;
    private final Errand errand;
    private final PayoutWording wording;
    private final FxSignals signals;
    private final ReadOnlyObjectProperty<PayoutNews> news;
    private final ReadOnlyObjectWrapper<PayoutWords> words = new ReadOnlyObjectWrapper<>();
    private final StringProperty method = new SimpleStringProperty("iban");
    private final StringProperty details = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Optional<String>> said = new ReadOnlyObjectWrapper<>(Optional.empty());

    PayoutViewModel(EarningsSource source, Workbench bench) {
        this.source = source;
        messages = bench.messages();
        errand = new Errand(bench);
        wording = new PayoutWording(bench.messages(), source.zone());
        signals = new FxSignals(bench.fxThread());
        news = signals.follow(source.payouts());
        news.subscribe(now -> words.set(wording.of(now)));
    }

    public ReadOnlyObjectProperty<PayoutWords> wordsProperty() {
        return words.getReadOnlyProperty();
    }

    public StringProperty methodProperty() {
        return method;
    }

    /** What is typed; gone from the screen as soon as the network has it. */
    public StringProperty detailsProperty() {
        return details;
    }

    /** That the last sending went well. */
    public ReadOnlyObjectProperty<Optional<String>> saidProperty() {
        return said.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty sendingProperty() {
        return errand.busyProperty();
    }

    /** Why the last sending did not go well. */
    public ReadOnlyObjectProperty<Optional<String>> troubleProperty() {
        return errand.troubleProperty();
    }

    public void ask() {
        source.network().askPayouts();
    }

    /** Sends what is typed to the network, signed; nothing of it is kept here. */
    public void send() {
        PayeeDetails payee;
        try {
            payee = new PayeeDetails(method.get().strip(), details.get());
        } catch (IllegalArgumentException e) {
            said.set(Optional.empty());
            errand.refuse(messages.text("earnings.payee.wrong"));
            return;
        }
        tell(Optional.of(payee), messages.text("earnings.payee.sent"));
    }

    /** Has the network forget how this host is paid. */
    public void erase() {
        tell(Optional.empty(), messages.text("earnings.payee.erased"));
    }

    private void tell(Optional<PayeeDetails> payee, String success) {
        if (errand.busyProperty().get()) return;
        said.set(Optional.empty());
        errand.ask(
                () -> {
                    source.network().setPayee(payee);
                    return success;
                },
                sentence -> {
                    details.set("");
                    said.set(Optional.of(sentence));
                });
    }

    @Override
    public void close() {
        signals.close();
    }
}
