/**
 * The exchange port: what the executor asks of an exchange and how an exchange answers. Every
 * answer is typed; a time-out is its own answer and never becomes a rejection.
 */
package io.quantumtrader.execution.exchange;
