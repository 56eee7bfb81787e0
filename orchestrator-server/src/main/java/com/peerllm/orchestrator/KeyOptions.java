package com.peerllm.orchestrator;

import com.peerllm.orchestrator.accounts.KeyChange;
import com.peerllm.orchestrator.accounts.KeyTerms;
import com.peerllm.orchestrator.accounts.Scope;
import com.peerllm.orchestrator.ledger.SpendLimit;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** What a key may do and spend, as the commands that make and change keys take it. */
final class KeyOptions {
    private static final String NONE = "none";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            split = ",",
            description = "models, chat, embeddings, account or admin; several with commas (default: all but admin).")
    private List<String> scopes = List.of();

    @Option(names = "--spend-limit", paramLabel = "USD", description = "The most that may be spent with this key.")
    private Optional<String> spendLimit;

    @Option(
            names = "--per",
            paramLabel = "PERIOD",
            description = "When the spend limit begins anew: total (never, the default), day or month, in UTC.")
    private Optional<String> period;

    @Option(names = "--rpm", paramLabel = "N", description = "Requests per minute.")
    private Optional<String> requestsPerMinute;

    @Option(names = "--tpm", paramLabel = "N", description = "Tokens per minute, prompt and completion together.")
    private Optional<String> tokensPerMinute;

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description = "A day such as 2027-01-31 (its beginning, UTC) or a time such as 2027-01-31T12:00:00Z.")
    private Optional<String> expires;

    KeyTerms terms() {
        KeyChange wishes = change(Optional.empty());
        return new KeyTerms(
                wishes.scopes().orElse(Scope.OF_A_CONSUMER),
                wishes.spendLimit(),
                wishes.requestsPerMinute(),
                wishes.tokensPerMinute(),
                wishes.expiresAt());
    }

    KeyChange change(Optional<String> label) {
        Set<KeyChange.Removable> without = EnumSet.noneOf(KeyChange.Removable.class);
        if (isNone(spendLimit)) without.add(KeyChange.Removable.SPEND_LIMIT);
        if (isNone(requestsPerMinute)) without.add(KeyChange.Removable.REQUESTS_PER_MINUTE);
        if (isNone(tokensPerMinute)) without.add(KeyChange.Removable.TOKENS_PER_MINUTE);
        if (isNone(expires)) without.add(KeyChange.Removable.EXPIRY);
        return usage(() -> new KeyChange(
                label,
                scopes.isEmpty() ? Optional.empty() : Optional.of(EnumSet.copyOf(map(scopes))),
                limit(),
                number(requestsPerMinute, "--rpm"),
                number(tokensPerMinute, "--tpm"),
                value(expires).map(KeyOptions::time),
                without));
    }

    private static List<Scope> map(List<String> words) {
        return words.stream().map(Scope::of).toList();
    }

    private Optional<SpendLimit> limit() {
        if (period.isPresent() && value(spendLimit).isEmpty()) {
            throw new IllegalArgumentException("--per goes with --spend-limit");
        }
        return value(spendLimit)
                .map(AdminSubcommand::amount)
                .map(most ->
                        new SpendLimit(most, period.map(SpendLimit.Period::of).orElse(SpendLimit.Period.TOTAL)));
    }

    private static boolean isNone(Optional<String> given) {
        return given.filter(NONE::equals).isPresent();
    }

    private static Optional<String> value(Optional<String> given) {
        return given.filter(text -> !text.equals(NONE));
    }

    private static OptionalInt number(Optional<String> given, String option) {
        Optional<String> text = value(given);
        if (text.isEmpty()) return OptionalInt.empty();
        try {
            return OptionalInt.of(Integer.parseInt(text.get()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " is a whole number from 1 to 100,000,000, or 'none'", e);
        }
    }

    private static Instant time(String text) {
        Function<String, Instant> read = text.contains("T")
                ? Instant::parse
                : day -> LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
        try {
            return read.apply(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "--expires is a day such as 2027-01-31 or a time such as 2027-01-31T12:00:00Z", e);
        }
    }

    /** A day or a time that an option of another command has. */
    static Optional<Instant> moment(Optional<String> text) {
        try {
            return text.map(KeyOptions::time);
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.USAGE, e.getMessage() + ".", e);
        }
    }

    private static KeyChange usage(Supplier<KeyChange> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.USAGE, e.getMessage() + ".", e);
        }
    }
}
