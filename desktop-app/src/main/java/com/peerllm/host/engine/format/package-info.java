/**
 * How models write what is more than text: where thinking begins and ends, and how tools are called.
 *
 * <p>Pure text machines: they take an answer's bytes in whatever pieces the tokens cut them, and give the parts of the answer and
 * the grammar that the next token must follow. What they give depends on the bytes and the request only, so that an answer can
 * go on elsewhere.
 */
package com.peerllm.host.engine.format;
