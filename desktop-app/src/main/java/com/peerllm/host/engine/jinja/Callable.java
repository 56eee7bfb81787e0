package com.peerllm.host.engine.jinja;

/** Something that a template can call: a function, a method of a value, a macro. */
@FunctionalInterface
interface Callable {
    Object call(CallArguments arguments);
}
