package com.peerllm.desktop.models;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * What a person types as a model's price: dollars for a million tokens of prompts and of answers, by the rules of
 * {@link com.peerllm.host.settings.Asks}. Nothing is asked at a price that nobody meant.
 */
public final class PriceEditor {
    private static final int CENTS = 2;

    private final Messages messages;
    private final Consumer<Optional<TokenPrice>> ask;
    private final boolean commaIsPoint;
    private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<String>> trouble = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final StringProperty prompt = new SimpleStringProperty("");
    private final StringProperty completion = new SimpleStringProperty("");

    /** @param ask takes the price; empty for the network's */
    PriceEditor(Messages messages, Consumer<Optional<TokenPrice>> ask) {
        this.messages = messages;
        this.ask = ask;
        // Where a comma parts thousands, 1,200 must not become 1.2.
        commaIsPoint = DecimalFormatSymbols.getInstance(messages.locale()).getDecimalSeparator() == ',';
    }

    public ReadOnlyBooleanProperty openProperty() {
        return open.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<String>> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    public StringProperty promptProperty() {
        return prompt;
    }

    public StringProperty completionProperty() {
        return completion;
    }

    void begin(Optional<TokenPrice> now) {
        prompt.set(now.map(price -> plain(price.promptPerMillion())).orElse(""));
        completion.set(now.map(price -> plain(price.completionPerMillion())).orElse(""));
        trouble.set(Optional.empty());
        open.set(true);
    }

    /** Leaves the price as it was. */
    public void cancel() {
        trouble.set(Optional.empty());
        open.set(false);
    }

    public void save() {
        Optional<Credits> forPrompts = amount(prompt.get());
        Optional<Credits> forAnswers = amount(completion.get());
        if (forPrompts.isEmpty() || forAnswers.isEmpty()) {
            String wrong = forPrompts.isEmpty() ? prompt.get() : completion.get();
            trouble.set(Optional.of(
                    wrong.isBlank()
                            ? messages.text("models.price.missing")
                            : messages.text("models.price.wrong", wrong.strip())));
            return;
        }
        cancel();
        ask.accept(Optional.of(new TokenPrice(forPrompts.get(), forAnswers.get())));
    }

    public void askAsTheNetwork() {
        cancel();
        ask.accept(Optional.empty());
    }

    private Optional<Credits> amount(String typed) {
        String text = typed.strip();
        if (text.startsWith("$")) text = text.substring(1);
        if (commaIsPoint) text = text.replace(',', '.');
        try {
            return Optional.of(Credits.parseDollars(text)).filter(amount -> !amount.isNegative());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String plain(Credits amount) {
        BigDecimal exact = BigDecimal.valueOf(amount.nanoDollars(), 9).stripTrailingZeros();
        String dollars = exact.setScale(Math.max(CENTS, exact.scale())).toPlainString();
        return commaIsPoint ? dollars.replace('.', ',') : dollars;
    }
}
