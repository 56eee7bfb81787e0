package com.peerllm.benchmarks;

import java.util.List;

/**
 * What one run measured.
 *
 * @param decodeTokensPerSecond of all answers together while all run: from the moment when each has its first token to the
 *     moment when one has its last
 * @param prefillTokensPerSecond of all prompts together, from the start to the moment when each answer has its first token
 * @param wholeTokensPerSecond answer tokens of all, from the start to the last token: prompts, waiting and endings included
 * @param firstTokenMillis median over the answers; NaN when the program does not tell
 */
record Figures(
        double decodeTokensPerSecond,
        double prefillTokensPerSecond,
        double wholeTokensPerSecond,
        double firstTokenMillis) {

    static Figures of(long startNanos, int promptTokens, List<TokenTimes> answers) {
        long allBegun = answers.stream().mapToLong(TokenTimes::firstNanos).max().orElseThrow();
        long oneEnded = answers.stream().mapToLong(TokenTimes::lastNanos).min().orElseThrow();
        long end = answers.stream().mapToLong(TokenTimes::lastNanos).max().orElseThrow();
        long decoded = answers.stream()
                .mapToLong(a -> a.tokensAfter(allBegun) - a.tokensAfter(oneEnded))
                .sum();
        long all = answers.stream().mapToLong(TokenTimes::count).sum();
        return new Figures(
                decoded * 1e9 / (oneEnded - allBegun),
                (double) promptTokens * answers.size() * 1e9 / (allBegun - startNanos),
                all * 1e9 / (end - startNanos),
                Table.median(answers.stream()
                        .map(a -> (a.firstNanos() - startNanos) / 1e6)
                        .toList()));
    }
}
