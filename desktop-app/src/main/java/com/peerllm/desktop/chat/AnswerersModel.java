package com.peerllm.desktop.chat;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Numbers;
import com.peerllm.desktop.toolkit.ProblemWording;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.answering.Assistant;
import com.peerllm.host.answering.Assistant.Answerer;
import com.peerllm.host.kernel.HostException;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which models can be asked, which one is, and what that costs. Belongs to the thread of the screens. */
public final class AnswerersModel {
    private static final Logger log = LoggerFactory.getLogger(AnswerersModel.class);

    private final Assistant assistant;
    private final Workbench bench;
    private final Messages messages;
    private final Numbers numbers;
    private final ObservableList<AnswererChoice> choices = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<AnswererChoice> chosen = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper account = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper networkTrouble = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper keyless = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();
    private Optional<Credits> balance = Optional.empty();
    private boolean balanceRead;
    /** May not be there yet, as a model of the network before the network is read. */
    private String wished = "";

    AnswerersModel(Assistant assistant, Workbench bench) {
        this.assistant = assistant;
        this.bench = bench;
        messages = bench.messages();
        numbers = new Numbers(messages.locale());
        show(assistant.answerers());
        chosen.subscribe(model -> sayAccount());
    }

    /** Those of this computer first. */
    public ObservableList<AnswererChoice> choices() {
        return FXCollections.unmodifiableObservableList(choices);
    }

    /** Null while there is none to choose. */
    public ReadOnlyObjectProperty<AnswererChoice> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    /** What the chosen model costs and what is left on the account, or that nothing is charged. */
    public ReadOnlyStringProperty accountProperty() {
        return account.getReadOnlyProperty();
    }

    /** Why the network's models are not there, and what to do; empty when they are. */
    public ReadOnlyStringProperty networkTroubleProperty() {
        return networkTrouble.getReadOnlyProperty();
    }

    /** Whether the network cannot be asked because there is no API key, which is no trouble of somebody who only shares. */
    public ReadOnlyBooleanProperty keylessProperty() {
        return keyless.getReadOnlyProperty();
    }

    /** Whether the network is being asked for its models. */
    public ReadOnlyBooleanProperty readingProperty() {
        return reading.getReadOnlyProperty();
    }

    /** Asks the network for its models and for the balance, if there is a key to ask with. */
    public void readNetwork() {
        if (reading.get()) return;
        reading.set(true);
        networkTrouble.set("");
        bench.background().execute(() -> {
            Optional<String> trouble = Optional.empty();
            boolean hasKey = assistant.hasNetworkKey();
            try {
                if (hasKey) assistant.readNetwork();
            } catch (HostException e) {
                trouble = Optional.of(ProblemWording.of(e, messages));
            } catch (RuntimeException e) {
                log.error("The network’s models could not be read", e);
                trouble = Optional.of(messages.text("chat.network.unexpected"));
            }
            String sentence = trouble.orElse("");
            bench.fxThread().execute(() -> {
                reading.set(false);
                keyless.set(!hasKey);
                networkTrouble.set(sentence);
                refresh();
            });
            if (hasKey && sentence.isEmpty()) readBalance();
        });
    }

    /** After an answer that was paid. */
    void balanceChanged() {
        bench.background().execute(this::readBalance);
    }

    private void readBalance() {
        try {
            Optional<Credits> read = assistant.balance();
            bench.fxThread().execute(() -> {
                balance = read;
                balanceRead = true;
                sayAccount();
            });
        } catch (HostException e) {
            log.info("The balance could not be read: {}", e.problem());
        }
    }

    /** Takes in models that came or went. */
    void refresh() {
        show(assistant.answerers());
    }

    /** Chooses this one; while it is not there, the first. */
    void choose(String id) {
        wished = id;
        choices.stream()
                .filter(choice -> choice.id().equals(id))
                .findFirst()
                .or(() -> choices.stream().findFirst())
                .ifPresent(chosen::set);
    }

    private void show(List<Answerer> answerers) {
        List<AnswererChoice> next = answerers.stream()
                .sorted(Comparator.comparing(Answerer::place).thenComparing(Answerer::name))
                .map(this::choice)
                .toList();
        if (next.equals(choices)) return;
        choices.setAll(next);
        if (next.isEmpty()) chosen.set(null);
        else choose(wished);
    }

    private AnswererChoice choice(Answerer answerer) {
        return switch (answerer.place()) {
            case LOCAL ->
                new AnswererChoice(
                        answerer.id(),
                        true,
                        messages.text("chat.model.local", answerer.name()),
                        messages.text("chat.model.free"));
            case NETWORK ->
                new AnswererChoice(
                        answerer.id(),
                        false,
                        messages.text("chat.model.network", answerer.name()),
                        price(answerer.price()));
        };
    }

    private String price(Optional<TokenPrice> price) {
        return price.map(known -> messages.text(
                        "chat.model.price",
                        numbers.money(known.promptPerMillion()),
                        numbers.money(known.completionPerMillion())))
                .orElseGet(() -> messages.text("chat.model.priceUnknown"));
    }

    private void sayAccount() {
        AnswererChoice now = chosen.get();
        if (now == null) account.set("");
        else if (now.local()) account.set(now.price());
        else account.set(now.price() + ". " + left() + ".");
    }

    private String left() {
        if (!balanceRead) return messages.text("chat.account.unknown");
        return balance.map(left -> messages.text("chat.account.balance", numbers.money(left)))
                .orElseGet(() -> messages.text("chat.account.none"));
    }
}
