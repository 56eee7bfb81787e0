package com.peerllm.shared.gguf;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the header says about turning text into tokens, without the tokens themselves.
 *
 * @param model the tokenizer's kind, such as {@code gpt2} or {@code llama}
 * @param beginOfText the token before the first, where stated
 * @param endOfText the token that ends a text, where stated
 * @param endOfTurn the token that ends a turn of a conversation, where stated
 */
public record Tokenizer(
        Optional<String> model, OptionalInt beginOfText, OptionalInt endOfText, OptionalInt endOfTurn) {}
