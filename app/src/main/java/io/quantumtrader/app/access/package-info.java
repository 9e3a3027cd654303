/** What each service may do on a broker that asks who one is. */
package io.quantumtrader.app.access;
