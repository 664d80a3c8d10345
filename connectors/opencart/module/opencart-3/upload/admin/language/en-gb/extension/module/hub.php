<?php
$_['heading_title'] = 'Hub';
$_['entry_address'] = 'Hook address of the connection / Адрес хука подключения';
$_['entry_secret'] = 'Secret / Секрет';
$_['button_save'] = 'Save / Сохранить';
