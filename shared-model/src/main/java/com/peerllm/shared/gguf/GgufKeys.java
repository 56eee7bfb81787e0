package com.peerllm.shared.gguf;

/**
 * The names of the header's keys that this program reads; those of an architecture stand behind its name and a dot.
 *
 * <p>Source: {@code class Keys} in llama.cpp v0.5.0, {@code gguf-py/gguf/constants.py}.
 */
final class GgufKeys {
    static final String ARCHITECTURE = "general.architecture";
    static final String TYPE = "general.type";
    static final String NAME = "general.name";
    static final String LICENSE = "general.license";
    static final String SIZE_LABEL = "general.size_label";
    static final String FILE_TYPE = "general.file_type";
    static final String ALIGNMENT = "general.alignment";
    static final String SPLIT_COUNT = "split.count";

    static final String TOKENIZER = "tokenizer.ggml.model";
    static final String TOKENS = "tokenizer.ggml.tokens";
    static final String BEGIN_OF_TEXT = "tokenizer.ggml.bos_token_id";
    static final String END_OF_TEXT = "tokenizer.ggml.eos_token_id";
    static final String END_OF_TURN = "tokenizer.ggml.eot_token_id";
    static final String CHAT_TEMPLATE = "tokenizer.chat_template";

    static final String LAYERS = ".block_count";
    static final String PREDICTION_LAYERS = ".nextn_predict_layers";
    static final String CONTEXT = ".context_length";
    static final String EMBEDDING = ".embedding_length";
    static final String FEED_FORWARD = ".feed_forward_length";
    static final String VOCABULARY = ".vocab_size";
    static final String EXPERTS = ".expert_count";
    static final String EXPERTS_USED = ".expert_used_count";
    static final String EXPERT_FEED_FORWARD = ".expert_feed_forward_length";
    static final String ROPE_BASE = ".rope.freq_base";
    static final String POOLING = ".pooling_type";

    static final String HEADS = ".attention.head_count";
    static final String KV_HEADS = ".attention.head_count_kv";
    static final String KEY_LENGTH = ".attention.key_length";
    static final String VALUE_LENGTH = ".attention.value_length";
    static final String SLIDING_KEY_LENGTH = ".attention.key_length_swa";
    static final String SLIDING_VALUE_LENGTH = ".attention.value_length_swa";
    static final String LATENT_KEY_LENGTH = ".attention.key_length_mla";
    static final String SLIDING_WINDOW = ".attention.sliding_window";
    static final String SLIDING_PATTERN = ".attention.sliding_window_pattern";
    static final String SHARED_CACHE_LAYERS = ".attention.shared_kv_layers";
    static final String LOOPS = ".num_loops";

    private GgufKeys() {}
}
