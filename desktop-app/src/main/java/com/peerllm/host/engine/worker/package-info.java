/**
 * The engine's worker process: one model, one context, one decode loop over llama.cpp.
 *
 * <p>The only package that calls native code. It uses the JDK, Jackson and the records of {@code com.peerllm.host.engine}, so
 * that it starts fast and stays small. It writes frames to its standard output and log lines to its standard error; neither
 * log lines nor exceptions hold a prompt or an answer.
 */
package com.peerllm.host.engine.worker;
