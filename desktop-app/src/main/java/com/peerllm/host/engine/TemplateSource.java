package com.peerllm.host.engine;

/** Where the rendering of a chat comes from. */
public enum TemplateSource {
    /** The model file's own Jinja template. */
    MODEL,
    /** llama.cpp's built-in format that it recognised from the model's template. */
    LLAMA_CPP,
    /** Plain ChatML, because the model brings no template that can be used; answers may be poor. */
    CHATML,
    /** No chat is rendered: the model makes embeddings. */
    NONE
}
