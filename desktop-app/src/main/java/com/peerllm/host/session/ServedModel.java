package com.peerllm.host.session;

import com.peerllm.shared.wire.AnnouncedModel;

/** A model that is loaded now: what the network is told about it, and what answers; the announced features say which of the two. */
public record ServedModel(AnnouncedModel announced, AnswerSource answers, EmbeddingSource embeddings) {}
