package com.peerllm.host.modelstore;

import com.peerllm.shared.gguf.GgufFacts;

/** A model whose file is there, has the digest that is stored, and has a header that could be read. */
public record CheckedModel(StoredModel model, GgufFacts facts) {}
