<?php
class ControllerExtensionModuleHub extends Controller {
	public function index() {
		$data = $this->load->language('extension/module/hub');
		$this->load->model('setting/setting');
		if ($this->request->server['REQUEST_METHOD'] == 'POST' && $this->user->hasPermission('modify', 'extension/module/hub')) {
			$this->model_setting_setting->editSetting('module_hub', array('module_hub_status' => 1, 'module_hub_address' => trim($this->request->post['address']),
				'module_hub_secret' => trim($this->request->post['secret']), 'module_hub_admin' => HTTPS_SERVER));
			$this->response->redirect($this->url->link('marketplace/extension', 'user_token=' . $this->session->data['user_token'] . '&type=module', true));
		}
		$this->document->setTitle($data['heading_title']);
		$data['address'] = $this->config->get('module_hub_address');
		$data['secret'] = $this->config->get('module_hub_secret');
		$data['action'] = $this->url->link('extension/module/hub', 'user_token=' . $this->session->data['user_token'], true);
		$data['header'] = $this->load->controller('common/header');
		$data['column_left'] = $this->load->controller('common/column_left');
		$data['footer'] = $this->load->controller('common/footer');
		$this->response->setOutput($this->load->view('extension/module/hub', $data));
	}

	public function install() {
		require_once(DIR_SYSTEM . 'library/hub.php');
		(new HubLibrary($this->db, '', '', '', 'opencart-3', ''))->install();
		$this->load->model('setting/event');
		$this->model_setting_event->addEvent('hub', 'catalog/model/checkout/order/addOrderHistory/before', 'extension/module/hub/before');
		$this->model_setting_event->addEvent('hub', 'catalog/model/checkout/order/addOrderHistory/after', 'extension/module/hub/after');
		$this->model_setting_event->addEvent('hub', 'catalog/model/account/customer/addCustomer/after', 'extension/module/hub/customer');
	}

	public function uninstall() {
		$this->load->model('setting/event');
		$this->model_setting_event->deleteEventByCode('hub');
	}
}
