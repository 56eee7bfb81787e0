/**
 * The engine's parent side: starts one worker process per model, watches it, and gives it prompts.
 *
 * <p>{@link com.peerllm.host.engine.Engine} is the door. The worker (package {@code worker}) runs llama.cpp in a process
 * of its own, so that a native crash never takes the host down; the two speak {@link
 * com.peerllm.host.engine.ToWorker} and {@link com.peerllm.host.engine.FromWorker} frames over the child's stdin and
 * stdout. Nothing here writes a prompt or an answer to a disk or a log.
 */
package com.peerllm.host.engine;
