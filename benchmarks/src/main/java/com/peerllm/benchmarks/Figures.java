package com.peerllm.benchmarks;

import java.util.List;

/**
 * What one run measured.
 *
 * @param decodeTokensPerSecond of all answers together, from the moment when each has its first token to the last token of all
 * @param prefillTokensPerSecond of all prompts together, from the start to the moment when each answer has its first token
 * @param firstTokenMillis median over the answers; NaN when the program does not tell
 */
record Figures(double decodeTokensPerSecond, double prefillTokensPerSecond, double firstTokenMillis) {

    static Figures of(long startNanos, int promptTokens, List<TokenTimes> answers) {
        long allBegun = answers.stream().mapToLong(TokenTimes::firstNanos).max().orElseThrow();
        long end = answers.stream().mapToLong(TokenTimes::lastNanos).max().orElseThrow();
        long decoded = answers.stream().mapToLong(a -> a.tokensAfter(allBegun)).sum();
        return new Figures(
                decoded * 1e9 / (end - allBegun),
                (double) promptTokens * answers.size() * 1e9 / (allBegun - startNanos),
                Table.median(answers.stream()
                        .map(a -> (a.firstNanos() - startNanos) / 1e6)
                        .toList()));
    }
}
