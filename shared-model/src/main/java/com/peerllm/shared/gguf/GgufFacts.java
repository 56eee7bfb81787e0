package com.peerllm.shared.gguf;

import java.util.Optional;

/**
 * What a model file's header says, checked: the one source for names, badges, launch plans and admission.
 *
 * <p>The names, the licence and the template are a stranger's words. Nothing here proves them.
 *
 * @param formatVersion of the GGUF format, 2 or 3
 * @param architecture llama.cpp's name for the kind of network, such as {@code qwen2}
 * @param kind what the model answers with
 * @param name the model's name, where stated
 * @param license the model's licence, where stated
 * @param sizeLabel the model's size in words such as {@code 7B}, where stated
 * @param quantization how the weights are stored, such as {@code Q4_K_M}
 * @param weights the sum of the tensors
 * @param shape sizes of the network
 * @param attention what context costs
 * @param tokenizer special tokens
 * @param pooling how an embedding model makes one vector; {@code NONE} where not stated
 * @param chatTemplate the template in Jinja, at most 1 MiB
 */
public record GgufFacts(
        int formatVersion,
        String architecture,
        ModelKind kind,
        Optional<String> name,
        Optional<String> license,
        Optional<String> sizeLabel,
        String quantization,
        Weights weights,
        ModelShape shape,
        Attention attention,
        Tokenizer tokenizer,
        Pooling pooling,
        Optional<String> chatTemplate) {}
