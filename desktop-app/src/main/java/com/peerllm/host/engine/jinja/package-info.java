/**
 * Jinja, as far as chat templates use it: parses a template and renders it with JSON-like values.
 *
 * <p>Templates come from strangers inside model files. They see the values that they are given and nothing else: no file, class,
 * clock or network, and steps and output are counted. Behaviour follows Python's Jinja2 with {@code trim_blocks} and {@code
 * lstrip_blocks}, which is what chat templates are written for. Why this is not a library: docs/decisions/0004-chat-templates.md.
 */
package com.peerllm.host.engine.jinja;
