package com.peerllm.host.settings;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a host asks for a million tokens of its models, as a person writes it: {@code 0.40/1.20}, dollars for prompt and
 * completion. A model that is not here is served at the network's price.
 */
public record Asks(Map<String, TokenPrice> byModel) {
    public Asks {
        byModel = Map.copyOf(byModel);
    }

    /** @throws HostException {@code USAGE} when a price is none; nothing is served at a price that nobody meant */
    public static Asks of(HostSettings settings) {
        Map<String, TokenPrice> asks = new HashMap<>();
        settings.prices().forEach((model, price) -> asks.put(model, price(model, price)));
        return new Asks(asks);
    }

    /**
     * The same with what was said at the start of the program, which goes first.
     *
     * @param options each {@code MODEL=PROMPT/COMPLETION}
     * @throws HostException {@code USAGE} when one is not of this form
     */
    public Asks with(List<String> options) {
        Map<String, TokenPrice> asks = new HashMap<>(byModel);
        for (String option : options) {
            // A file's name may have an equals sign, a price has none.
            int at = option.lastIndexOf('=');
            if (at <= 0) throw wrong("'" + option + "' is not a model with its price.");
            String model = option.substring(0, at);
            asks.put(model, price(model, option.substring(at + 1)));
        }
        return new Asks(asks);
    }

    /** @param names what the model is called here */
    public Optional<TokenPrice> of(String... names) {
        return Stream.of(names)
                .flatMap(name -> Optional.ofNullable(byModel.get(name)).stream())
                .findFirst();
    }

    /** As it stands in the settings. */
    public static String text(TokenPrice price) {
        return plain(price.promptPerMillion()) + "/" + plain(price.completionPerMillion());
    }

    private static String plain(Credits amount) {
        return BigDecimal.valueOf(amount.nanoDollars(), 9).stripTrailingZeros().toPlainString();
    }

    /** For people. */
    public static String words(TokenPrice price) {
        return price.promptPerMillion() + " for a million prompt tokens and " + price.completionPerMillion()
                + " for a million completion tokens";
    }

    private static TokenPrice price(String model, String text) {
        String[] parts = text.split("/", -1);
        if (parts.length == 2) {
            try {
                return new TokenPrice(Credits.parseDollars(parts[0]), Credits.parseDollars(parts[1]));
            } catch (IllegalArgumentException e) {
                // Said below: it is no amount, too fine, too much, or less than nothing.
            }
        }
        throw wrong("'" + text + "' is not a price of " + model + ".");
    }

    private static HostException wrong(String sentence) {
        return new HostException(
                Problem.USAGE,
                sentence + " Write --price MODEL=PROMPT/COMPLETION, in US dollars for a million tokens and with at most"
                        + " nine decimals, such as --price my-model=0.40/1.20.");
    }
}
