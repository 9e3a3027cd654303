/**
 * The twin's REST interface: addresses, signatures, limits and answers as the exchange has them.
 */
package io.quantumtrader.execution.twin.rest;
